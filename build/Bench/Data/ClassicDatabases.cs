using Npgsql;

namespace Seidra.Cutover.Bench;

/// <summary>Makes the benchmark's Classic.</summary>
internal static class ClassicDatabases
{
    /// <summary>As a SQLite file.</summary>
    public static void CreateSqlite(string path, int rows, CancellationToken cancel)
    {
        using var sink = new SqliteSink(path);
        new ClassicGenerator(rows).Fill(sink, cancel);
        sink.Complete();
    }

    /// <summary>As an empty PostgreSQL database's tables, with what its planner wants to know of them.</summary>
    public static void CreatePostgres(NpgsqlConnection connection, int rows, CancellationToken cancel)
    {
        new ClassicGenerator(rows).Fill(new PostgresSink(connection), cancel);
        using var settle = new NpgsqlCommand("VACUUM (ANALYZE)", connection) { CommandTimeout = 0 };
        settle.ExecuteNonQuery();
    }
}
