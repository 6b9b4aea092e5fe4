using Microsoft.Data.Sqlite;

namespace Seidra.Sandbox.World;

internal static class StubData
{
    public static void Create(string path, int rows)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT NOT NULL, email TEXT, hashed_password TEXT, is_active INTEGER DEFAULT 1, created_at TEXT);
            CREATE TABLE jobs (id INTEGER PRIMARY KEY, user_id INTEGER, persona_id INTEGER, prompt TEXT, negative_prompt TEXT, model_name TEXT, status TEXT, created_at TEXT, updated_at TEXT);
            CREATE INDEX ix_jobs_user_id ON jobs(user_id);
            INSERT INTO users VALUES (1,'ada','ada@x','!',1,'2024-01-01'),(2,'probe','probe@x','!',1,'2024-01-01');
            """;
        command.ExecuteNonQuery();
        command.CommandText = $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < {rows}) INSERT INTO jobs SELECT i, 1, NULL, 'p'||i, '', 'sd', 'completed', '2024-01-01', '2024-01-01' FROM n";
        command.ExecuteNonQuery();
    }
}
