-- Ultimate's tables as Alembic leaves them at revision 20241003_0002: no notifications yet.
CREATE TABLE users (
  id {serial},
  username varchar(50) NOT NULL,
  email varchar(100) NOT NULL,
  hashed_password varchar(255) NOT NULL,
  is_active boolean NOT NULL DEFAULT true,
  is_nsfw_enabled boolean NOT NULL DEFAULT false,
  age_verified boolean NOT NULL DEFAULT false,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  settings json NOT NULL DEFAULT '{}'
);
CREATE UNIQUE INDEX ix_users_username ON users (username);
CREATE UNIQUE INDEX ix_users_email ON users (email);
CREATE TABLE personas (
  id {serial},
  user_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name varchar(100) NOT NULL,
  description text,
  style_prompt text NOT NULL,
  negative_prompt text NOT NULL DEFAULT '',
  lora_models json NOT NULL DEFAULT '[]',
  generation_params json NOT NULL DEFAULT '{}',
  avatar_url varchar(500),
  tags json NOT NULL DEFAULT '[]',
  is_favorite boolean NOT NULL DEFAULT false,
  is_nsfw boolean NOT NULL DEFAULT false,
  metadata json NOT NULL DEFAULT '{}',
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ix_personas_user_id ON personas (user_id);
CREATE TABLE generation_jobs (
  id varchar(36) PRIMARY KEY,
  user_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  persona_id integer REFERENCES personas (id) ON DELETE SET NULL,
  job_type varchar(50) NOT NULL DEFAULT 'image',
  prompt text NOT NULL,
  negative_prompt text NOT NULL DEFAULT '',
  model_name varchar(100) NOT NULL,
  lora_models json NOT NULL DEFAULT '[]',
  parameters json NOT NULL,
  status varchar(20) NOT NULL DEFAULT 'pending',
  progress double precision NOT NULL DEFAULT 0,
  result_images json NOT NULL DEFAULT '[]',
  metadata json NOT NULL DEFAULT '{}',
  is_nsfw boolean NOT NULL DEFAULT false,
  nsfw_score double precision NOT NULL DEFAULT 0,
  error_message text,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  completed_at timestamp
);
CREATE INDEX ix_generation_jobs_user_id ON generation_jobs (user_id);
CREATE INDEX ix_generation_jobs_status ON generation_jobs (status);
CREATE TABLE lora_models (
  id varchar(100) PRIMARY KEY,
  name varchar(200) NOT NULL,
  description text,
  file_path varchar(500) NOT NULL,
  download_url varchar(500),
  category varchar(50),
  tags json NOT NULL DEFAULT '[]',
  is_downloaded boolean NOT NULL DEFAULT false,
  file_size integer NOT NULL DEFAULT 0,
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE media_items (
  id varchar(36) PRIMARY KEY,
  user_id integer NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  job_id varchar(36) NOT NULL REFERENCES generation_jobs (id) ON DELETE CASCADE,
  file_path varchar(500) NOT NULL,
  thumbnail_path varchar(500),
  file_type varchar(50) NOT NULL DEFAULT 'image',
  mime_type varchar(100) NOT NULL DEFAULT 'image/png',
  metadata json NOT NULL DEFAULT '{}',
  tags json NOT NULL DEFAULT '[]',
  is_favorite boolean NOT NULL DEFAULT false,
  is_nsfw boolean NOT NULL DEFAULT false,
  nsfw_tags json NOT NULL DEFAULT '[]',
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ix_media_items_user_id ON media_items (user_id);
CREATE INDEX ix_media_items_job_id ON media_items (job_id);
CREATE TABLE nsfw_settings (
  id {serial},
  user_id integer REFERENCES users (id) ON DELETE CASCADE,
  enabled boolean NOT NULL DEFAULT true,
  age_verified boolean NOT NULL DEFAULT false,
  intensity varchar(20) NOT NULL DEFAULT 'medium',
  categories json NOT NULL DEFAULT '{}',
  overrides json NOT NULL DEFAULT '{}',
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ix_nsfw_settings_user_id ON nsfw_settings (user_id);
CREATE TABLE generation_metrics (
  id {serial},
  job_id varchar(36) REFERENCES generation_jobs (id) ON DELETE SET NULL,
  user_id integer REFERENCES users (id) ON DELETE SET NULL,
  persona_id integer REFERENCES personas (id) ON DELETE SET NULL,
  media_type varchar(50) NOT NULL DEFAULT 'image',
  model_name varchar(100),
  prompt text,
  outputs integer NOT NULL DEFAULT 0,
  duration_seconds double precision,
  throughput double precision,
  vram_allocated_mb double precision,
  vram_reserved_mb double precision,
  vram_peak_mb double precision,
  vram_delta_mb double precision,
  extra json NOT NULL DEFAULT '{}',
  created_at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX ix_generation_metrics_job_id ON generation_metrics (job_id);
CREATE INDEX ix_generation_metrics_user_id ON generation_metrics (user_id);
CREATE INDEX ix_generation_metrics_persona_id ON generation_metrics (persona_id);
CREATE INDEX ix_generation_metrics_media_type ON generation_metrics (media_type);
CREATE INDEX ix_generation_metrics_created_at ON generation_metrics (created_at);
CREATE TABLE alembic_version (version_num varchar(32) NOT NULL PRIMARY KEY);
INSERT INTO alembic_version (version_num) VALUES ('20241003_0002');
