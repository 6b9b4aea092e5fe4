using Microsoft.Data.Sqlite;

namespace Seidra.Sandbox.Tests.World;

/// <summary>Ultimate's tables, as far as the stand-in reads and writes them, in a SQLite file.</summary>
internal static class UltimateTables
{
    private const string Schema = """
        CREATE TABLE users (id INTEGER PRIMARY KEY, username VARCHAR(50) NOT NULL UNIQUE, email VARCHAR(100) NOT NULL UNIQUE, hashed_password VARCHAR(255) NOT NULL,
            is_active BOOLEAN NOT NULL DEFAULT 1, is_nsfw_enabled BOOLEAN NOT NULL DEFAULT 0, age_verified BOOLEAN NOT NULL DEFAULT 0,
            created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, settings JSON NOT NULL DEFAULT '{}');
        CREATE TABLE generation_jobs (id VARCHAR(36) PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE, persona_id INTEGER, job_type VARCHAR(50) DEFAULT 'image',
            prompt TEXT NOT NULL, negative_prompt TEXT DEFAULT '', model_name VARCHAR(100) NOT NULL, lora_models JSON DEFAULT '[]', parameters JSON NOT NULL,
            status VARCHAR(20) DEFAULT 'pending', progress FLOAT DEFAULT 0, result_images JSON DEFAULT '[]', metadata JSON DEFAULT '{}', is_nsfw BOOLEAN DEFAULT 0,
            nsfw_score FLOAT DEFAULT 0, error_message TEXT, created_at DATETIME, updated_at DATETIME, completed_at DATETIME);
        CREATE INDEX ix_generation_jobs_user_id ON generation_jobs (user_id);
        """;

    /// <summary>Makes the tables.</summary>
    public static void Create(string file) => Execute(file, Schema);

    /// <summary>What a migration would bring: Classic's tidy users and the probe's jobs.</summary>
    public static void CopyFromClassic(string file, string classicFile) => Execute(file, $"""
        ATTACH '{classicFile}' AS classic;
        INSERT INTO users (id, username, email, hashed_password) SELECT id, username, email, hashed_password FROM classic.users WHERE id IN (2, 5) ON CONFLICT DO NOTHING;
        INSERT INTO generation_jobs (id, user_id, prompt, model_name, parameters, created_at, updated_at)
            SELECT 'classic-' || id, user_id, prompt, model_name, parameters, created_at, updated_at FROM classic.jobs WHERE prompt LIKE 'probe %' ON CONFLICT DO NOTHING;
        """);

    /// <summary>Runs statements.</summary>
    public static void Execute(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=10");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The first value of a query.</summary>
    public static object? Scalar(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False;Default Timeout=10");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
