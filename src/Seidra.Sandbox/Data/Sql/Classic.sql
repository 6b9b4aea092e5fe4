-- The four tables of SEIDRA Classic. {serial}, {epoch} and {zoned} are what differs between the engines: on PostgreSQL
-- the columns have types, in SQLite every row may hold what it likes.
CREATE TABLE users (
  id {serial},
  username text,
  email text,
  hashed_password text,
  is_active boolean,
  settings text,
  created_at {zoned}
);
CREATE TABLE personas (
  id {serial},
  user_id integer,
  name text,
  description text,
  style_prompt text,
  negative_prompt text,
  lora_models text,
  tags text,
  avatar_url text,
  created_at timestamp,
  updated_at timestamp
);
CREATE TABLE jobs (
  id {serial},
  user_id integer,
  persona_id integer,
  job_type text,
  prompt text,
  negative_prompt text,
  model_name text,
  parameters json,
  status text,
  progress double precision,
  result_images text,
  metadata text,
  error_message text,
  created_at timestamp,
  updated_at timestamp,
  completed_at timestamp
);
CREATE TABLE media (
  id {serial},
  user_id integer,
  job_id integer,
  file_path text,
  thumbnail_path text,
  file_type text,
  mime_type text,
  metadata text,
  tags text,
  created_at {epoch}
);
CREATE INDEX ix_jobs_user_id ON jobs (user_id);
CREATE INDEX ix_media_job_id ON media (job_id);
