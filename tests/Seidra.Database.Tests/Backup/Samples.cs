using Microsoft.Data.Sqlite;

namespace Seidra.Database.Tests.Backup;

/// <summary>Small databases with everything in them that a backup may stumble over.</summary>
internal static class Samples
{
    /// <summary>PostgreSQL: user-defined types, odd names, partitions, another schema, no key, no rows, no columns.</summary>
    public const string Postgres = """"
        CREATE TYPE mood AS ENUM ('gai', 'triste');
        CREATE DOMAIN courriel AS text CHECK (VALUE LIKE '%@%');
        CREATE TABLE users(id serial PRIMARY KEY, username varchar(50) NOT NULL UNIQUE, email courriel, created_at timestamp,
          seen_at timestamptz, settings json, extra jsonb, moods mood[], tags text[], amount numeric, picture bytea, is_active boolean,
          ratio double precision, kind regtype, pause interval, name_length int GENERATED ALWAYS AS (length(username)) STORED);
        INSERT INTO users(username, email, created_at, seen_at, settings, extra, moods, tags, amount, picture, is_active, ratio, kind, pause)
          SELECT 'héloïse🎨' || i, i || '@exemple.fr', timestamp '2023-03-01' + i * interval '1 minute', timestamptz '2023-03-01 12:00+02',
                 '{"a" : 1,  "a": 2}', '{"b": [1, null]}', '{gai,triste,NULL}', ARRAY['é', NULL, 'x"y'], CASE i % 3 WHEN 0 THEN 'NaN' ELSE i / 7.0 END,
                 decode('00ff10', 'hex'), i % 2 = 0, 1.0 / i, 'mood'::regtype, i * interval '1 month 3 s' FROM generate_series(1, 500) i;
        CREATE TABLE personas(id serial PRIMARY KEY, user_id int REFERENCES users ON DELETE CASCADE, name text);
        INSERT INTO personas(user_id, name) SELECT i, 'P' || i FROM generate_series(1, 100) i;
        CREATE TABLE jobs(id serial PRIMARY KEY, user_id int, prompt text);
        INSERT INTO jobs(user_id, prompt) SELECT i, repeat('prompt très long ', i) FROM generate_series(1, 300) i;
        INSERT INTO jobs(user_id, prompt) VALUES (1, repeat('œ', 400000));
        CREATE INDEX ix_jobs_user ON jobs(user_id);
        CREATE TABLE media(id serial PRIMARY KEY, job_id int, path text);
        INSERT INTO media(job_id, path) SELECT i, 'images/' || i || '.png' FROM generate_series(1, 300) i;
        CREATE TABLE "Odd ""Name"""("a b" int, "select" text);
        INSERT INTO "Odd ""Name""" VALUES (1, 'x'), (1, 'x'), (NULL, NULL);
        CREATE TABLE empty_one(id int PRIMARY KEY);
        CREATE TABLE no_columns(); INSERT INTO no_columns DEFAULT VALUES; INSERT INTO no_columns DEFAULT VALUES;
        CREATE SCHEMA archive; CREATE TABLE archive.users(id int); INSERT INTO archive.users VALUES (1);
        CREATE TABLE events(id int, at date) PARTITION BY RANGE (at);
        CREATE TABLE events_2023 PARTITION OF events FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
        CREATE TABLE events_other PARTITION OF events DEFAULT;
        INSERT INTO events VALUES (1, '2023-05-05'), (2, '2025-05-05');
        CREATE VIEW active_users AS SELECT * FROM users WHERE is_active;
        ALTER TABLE jobs ADD COLUMN gone int; ALTER TABLE jobs DROP COLUMN gone;
        """";

    /// <summary>SQLite: text that is no UTF-8, NUL characters, types against the column's, rows without key.</summary>
    public const string Sqlite = """"
        PRAGMA journal_mode = WAL;
        CREATE TABLE users(id INTEGER PRIMARY KEY, username TEXT UNIQUE, email TEXT, is_active BOOLEAN, settings TEXT, created_at DATETIME);
        WITH RECURSIVE g(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM g WHERE i < 500)
          INSERT INTO users SELECT i, 'héloïse🎨' || i, i || '@exemple.fr', i % 2, '{"theme": "dark"}', 1677662415 + i FROM g;
        INSERT INTO users VALUES (-3, CAST(x'fffe41' AS TEXT), 'a' || char(0) || 'b', 'true', x'00ff', 1.5);
        CREATE TABLE personas(id INTEGER PRIMARY KEY, user_id INTEGER, name TEXT);
        INSERT INTO personas VALUES (1, 1, 'P1');
        CREATE TABLE jobs(id INTEGER PRIMARY KEY, user_id INTEGER, prompt TEXT);
        WITH RECURSIVE g(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM g WHERE i < 3000)
          INSERT INTO jobs SELECT i, i, printf('%.*c', 400, 'x') FROM g;
        CREATE INDEX ix_jobs_user ON jobs(user_id);
        CREATE TABLE media(id INTEGER PRIMARY KEY, job_id INTEGER, path TEXT);
        INSERT INTO media VALUES (1, 1, 'images/1.png'), (2, 1, NULL);
        CREATE TABLE "Odd ""Name"""("a b", "select");
        INSERT INTO "Odd ""Name""" VALUES (1, 'x'), (1, 'x'), ('1', NULL);
        CREATE TABLE empty_one(id TEXT PRIMARY KEY) WITHOUT ROWID;
        """";

    /// <summary>Makes a SQLite file from a script.</summary>
    public static DatabaseEndpoint CreateSqlite(string path, string script = Sqlite)
    {
        var endpoint = DatabaseEndpoint.Parse($"sqlite://{path}", null);
        ExecuteSqlite(endpoint, script);
        return endpoint;
    }

    /// <summary>Runs a script in a SQLite file, made where there is none.</summary>
    public static void ExecuteSqlite(DatabaseEndpoint endpoint, string script)
    {
        using var connection = new SqliteConnection($"Data Source={endpoint.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = script;
        command.ExecuteNonQuery();
    }
}
