-- Ultimate's tables as the ORM's create_all makes them: mostly nullable, no defaults, no delete rules, no stamp, and
-- video_timelines, which Alembic does not know.
CREATE TABLE users (
  id {serial},
  username varchar(50),
  email varchar(100),
  hashed_password varchar(255),
  is_active boolean,
  is_nsfw_enabled boolean,
  age_verified boolean,
  created_at timestamp,
  settings json
);
CREATE UNIQUE INDEX ix_users_username ON users (username);
CREATE UNIQUE INDEX ix_users_email ON users (email);
CREATE TABLE personas (
  id {serial},
  user_id integer REFERENCES users (id),
  name varchar(100),
  description text,
  style_prompt text,
  negative_prompt text,
  lora_models json,
  generation_params json,
  avatar_url varchar(500),
  tags json,
  is_favorite boolean,
  is_nsfw boolean,
  metadata json,
  created_at timestamp,
  updated_at timestamp
);
CREATE TABLE generation_jobs (
  id varchar(36) PRIMARY KEY,
  user_id integer REFERENCES users (id),
  persona_id integer REFERENCES personas (id),
  job_type varchar(50),
  prompt text,
  negative_prompt text,
  model_name varchar(100),
  lora_models json,
  parameters json,
  status varchar(20),
  progress double precision,
  result_images json,
  metadata json,
  is_nsfw boolean,
  nsfw_score double precision,
  error_message text,
  created_at timestamp,
  updated_at timestamp,
  completed_at timestamp
);
CREATE TABLE lora_models (
  id varchar(100) PRIMARY KEY,
  name varchar(200),
  description text,
  file_path varchar(500),
  download_url varchar(500),
  category varchar(50),
  tags json,
  is_downloaded boolean,
  file_size integer,
  created_at timestamp
);
CREATE TABLE media_items (
  id varchar(36) PRIMARY KEY,
  user_id integer REFERENCES users (id),
  job_id varchar(36) REFERENCES generation_jobs (id),
  file_path varchar(500),
  thumbnail_path varchar(500),
  file_type varchar(50),
  mime_type varchar(100),
  metadata json,
  tags json,
  is_favorite boolean,
  is_nsfw boolean,
  nsfw_tags json,
  created_at timestamp,
  updated_at timestamp
);
CREATE TABLE nsfw_settings (
  id {serial},
  user_id integer REFERENCES users (id),
  enabled boolean,
  age_verified boolean,
  intensity varchar(20),
  categories json,
  overrides json,
  created_at timestamp,
  updated_at timestamp
);
CREATE TABLE generation_metrics (
  id {serial},
  job_id varchar(36) REFERENCES generation_jobs (id),
  user_id integer REFERENCES users (id),
  persona_id integer REFERENCES personas (id),
  media_type varchar(50),
  model_name varchar(100),
  prompt text,
  outputs integer,
  duration_seconds double precision,
  throughput double precision,
  vram_allocated_mb double precision,
  vram_reserved_mb double precision,
  vram_peak_mb double precision,
  vram_delta_mb double precision,
  extra json,
  created_at timestamp
);
CREATE TABLE notifications (
  id varchar(36) PRIMARY KEY,
  level varchar(20),
  title varchar(200),
  message text,
  category varchar(50),
  metadata json,
  tags json,
  created_at timestamp
);
CREATE TABLE video_timelines (
  id varchar(36) PRIMARY KEY,
  user_id integer REFERENCES users (id),
  name varchar(200),
  description text,
  frame_rate integer,
  total_duration double precision,
  timeline json,
  job_id varchar(36) REFERENCES generation_jobs (id),
  created_at timestamp,
  updated_at timestamp
);
