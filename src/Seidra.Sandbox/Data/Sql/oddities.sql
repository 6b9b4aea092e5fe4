-- What real instances hold besides tidy rows, one statement per kind. The heading names the kind; after the colon stand
-- the engines and shapes it is possible in, where that is not all of them. {owner}, {prompt} and {path} are the names
-- the shape gives these columns. The residues are disjoint, so that no kind undoes another; users 1, 2 and 5 stay tidy.

-- users.active.text: sqlite classic
UPDATE users SET is_active = 't' WHERE id % 20 = 10;
-- users.active.word: sqlite classic
UPDATE users SET is_active = 'true' WHERE id % 20 = 11;
-- users.active.null: classic
UPDATE users SET is_active = NULL WHERE id % 20 = 12;
-- users.settings.null: classic
UPDATE users SET settings = NULL WHERE id % 20 = 13;
-- users.settings.invalidJson: classic
UPDATE users SET settings = '{"theme": "classic", ' WHERE id % 20 = 14;
-- users.settings.wrongShape
UPDATE users SET settings = '["dark", "fr"]' WHERE id % 20 = 15;
-- users.created.zone: sqlite classic
UPDATE users SET created_at = replace(substr(created_at, 1, 19), ' ', 'T') || '+02:00' WHERE id % 20 = 16;
-- users.email.caseTwin: classic
UPDATE users SET email = (SELECT upper(twin.email) FROM users twin WHERE twin.id = users.id + 2) WHERE id % 200 = 17;
-- users.email.null: classic
UPDATE users SET email = NULL WHERE id % 400 = 18;

-- personas.style.null: classic
UPDATE personas SET style_prompt = NULL, description = NULL, negative_prompt = NULL WHERE id % 50 = 10;
-- personas.loras.wrongShape
UPDATE personas SET lora_models = '[{"name": "anime_style", "weight": 0.8}]' WHERE id % 50 = 11;
-- personas.loras.invalidJson: classic
UPDATE personas SET lora_models = 'anime_style;fantasy_art' WHERE id % 50 = 12;
-- personas.tags.jsonNull
UPDATE personas SET tags = 'null' WHERE id % 50 = 13;
-- personas.name.emoji
UPDATE personas SET name = '👩‍🎨 Zoë l’Été 🌸' WHERE id % 50 = 14;
-- personas.name.tooLong: classic
UPDATE personas SET name = name || ' de la très noble et très ancienne maison des enlumineurs de Saint-Guilhem-le-Désert, dite « la Rêveuse », gardienne des ateliers du soir' WHERE id % 50 = 15;
-- personas.user.orphan: classic
UPDATE personas SET {owner} = 9000000 + id WHERE id % 50 = 16;
-- personas.created.null: classic
UPDATE personas SET created_at = NULL, updated_at = NULL WHERE id % 50 = 17;
-- personas.updated.epoch: sqlite classic
UPDATE personas SET updated_at = CAST(strftime('%s', updated_at) AS INTEGER) WHERE id % 50 = 18;
-- personas.description.nul: sqlite classic
UPDATE personas SET description = 'avant' || char(0) || 'après' WHERE id % 50 = 19;
-- personas.name.notUtf8: sqlite classic
UPDATE personas SET name = CAST(x'48E96C6F6973652028' AS TEXT) WHERE id % 50 = 20;

-- jobs.prompt.null: classic
UPDATE jobs SET {prompt} = NULL WHERE id % 200 = 10;
-- jobs.prompt.emoji: classic
UPDATE jobs SET {prompt} = 'Une sorcière 🧙‍♀️ au crépuscule 🌆, cœur léger, 東京 en été' WHERE id % 200 = 11;
-- jobs.prompt.veryLong: sqlite classic
UPDATE jobs SET {prompt} = replace(printf('%.2000c', 'x'), 'x', 'forêt brumeuse, ') WHERE id % 200 = 12;
-- jobs.prompt.veryLong: postgres classic
UPDATE jobs SET {prompt} = repeat('forêt brumeuse, ', 2000) WHERE id % 200 = 12;
-- jobs.parameters.invalidJson: sqlite classic
UPDATE jobs SET parameters = '{"width": 1024, "height": ' WHERE id % 200 = 13;
-- jobs.parameters.wrongShape: classic
UPDATE jobs SET parameters = '[1024, 768]' WHERE id % 200 = 14;
-- jobs.results.wrongShape: classic
UPDATE jobs SET result_images = '{"0": "images/a.png"}' WHERE id % 200 = 15;
-- jobs.metadata.invalidJson: classic
UPDATE jobs SET metadata = '{''quality'': ''high''}' WHERE id % 200 = 16;
-- jobs.prompt.nul: sqlite classic
UPDATE jobs SET {prompt} = 'un portrait' || char(0) || ' coupé' WHERE id % 200 = 17;
-- jobs.prompt.notUtf8: sqlite classic
UPDATE jobs SET {prompt} = CAST(x'50726F6D707420E9746520C328' AS TEXT) WHERE id % 200 = 18;
-- jobs.created.zone: sqlite classic
UPDATE jobs SET created_at = replace(created_at, ' ', 'T') || 'Z' WHERE id % 200 = 19;
-- jobs.created.epoch: sqlite classic
UPDATE jobs SET created_at = CAST(strftime('%s', created_at) AS INTEGER), updated_at = CAST(strftime('%s', updated_at) AS REAL) + 0.25 WHERE id % 200 = 20;
-- jobs.created.unreadable: sqlite classic
UPDATE jobs SET created_at = 'hier soir' WHERE id % 200 = 21;
-- jobs.user.orphan: classic
UPDATE jobs SET {owner} = 9000000 + id WHERE id % 200 = 22;
-- jobs.persona.orphan: classic
UPDATE jobs SET persona_id = 9000000 + id WHERE id % 200 = 23;
-- jobs.status.processing: classic
UPDATE jobs SET status = 'processing', progress = 0.4, completed_at = NULL WHERE id % 200 = 24;
-- jobs.status.null: classic
UPDATE jobs SET status = NULL, progress = NULL WHERE id % 200 = 25;
-- jobs.metadata.jsonNull: classic
UPDATE jobs SET metadata = 'null' WHERE id % 200 = 26;
-- jobs.created.null: classic
UPDATE jobs SET created_at = NULL, updated_at = NULL WHERE id % 200 = 27;
-- jobs.retry.orphan: enriched
UPDATE jobs SET retry_of = 9000000 + id WHERE id % 200 = 28;
-- jobs.nsfw.text: sqlite enriched
UPDATE jobs SET nsfw_allowed = 't' WHERE id % 200 = 29;

-- media.path.null: classic
UPDATE media SET {path} = NULL WHERE id % 100 = 10;
-- media.tags.wrongShape: classic
UPDATE media SET tags = '{"galerie": true}' WHERE id % 100 = 11;
-- media.metadata.invalidJson: classic
UPDATE media SET metadata = '{"width": 1024' WHERE id % 100 = 12;
-- media.job.orphan: classic
UPDATE media SET job_id = 9000000 + id WHERE id % 100 = 13;
-- media.user.orphan: classic
UPDATE media SET {owner} = 9000000 + id WHERE id % 100 = 14;
-- media.created.epoch: sqlite classic
UPDATE media SET created_at = CAST(strftime('%s', created_at) AS INTEGER) WHERE id % 100 = 15;
-- media.object.missing: classic
UPDATE media SET {path} = '/app/uploads/images/perdu_' || id || '.png' WHERE id % 100 = 17;
-- media.type.null: classic
UPDATE media SET file_type = NULL, mime_type = NULL WHERE id % 100 = 18;

-- generation_jobs.status.processing: ultimate
UPDATE generation_jobs SET status = 'processing', progress = 0.4, completed_at = NULL WHERE user_id % 20 = 4;
-- generation_jobs.results.wrongShape: ultimate
UPDATE generation_jobs SET result_images = '{"0": "images/a.png"}' WHERE user_id % 20 = 6;
-- media_items.object.missing: ultimate
UPDATE media_items SET file_path = '/data/media/perdu_' || id || '.png' WHERE user_id % 20 = 7;
-- personas.created.null: unstamped
UPDATE personas SET created_at = NULL WHERE id % 50 = 17;
-- generation_jobs.created.null: unstamped
UPDATE generation_jobs SET created_at = NULL, progress = NULL WHERE user_id % 20 = 8;
-- media_items.flags.null: unstamped
UPDATE media_items SET is_favorite = NULL, is_nsfw = NULL, tags = NULL WHERE user_id % 20 = 9;
