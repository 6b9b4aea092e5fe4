-- Classic on which somebody already added the five columns of the migration script, and whose columns go by other names.
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
  owner_id integer,
  name text,
  description text,
  style_prompt text,
  negative_prompt text,
  lora_models text,
  tags text,
  avatar_url text,
  created_at timestamp,
  updated_at timestamp,
  style_preset text,
  voice_id text
);
CREATE TABLE jobs (
  id {serial},
  owner_id integer,
  persona_id integer,
  job_type text,
  text text,
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
  completed_at timestamp,
  nsfw_allowed boolean,
  retry_of integer
);
CREATE TABLE media (
  id {serial},
  owner_id integer,
  job_id integer,
  path text,
  thumbnail_path text,
  file_type text,
  mime_type text,
  metadata text,
  tags text,
  created_at {epoch},
  favorite smallint
);
CREATE INDEX ix_jobs_owner_id ON jobs (owner_id);
CREATE INDEX ix_media_job_id ON media (job_id);
