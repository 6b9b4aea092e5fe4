using Microsoft.Data.Sqlite;

namespace Seidra.EndToEnd.Tests;

/// <summary>Holds the write lock of Ultimate's SQLite database, so that whoever writes to it hangs.</summary>
public sealed class SqliteBlocker : IDisposable
{
    private readonly SqliteConnection _connection;

    /// <summary>Opens the database, ready to block.</summary>
    public SqliteBlocker(string state)
    {
        var file = Directory.EnumerateFiles(Path.Combine(state, "sandbox", "ultimate", "data"), "*.db").Single();
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
    }

    /// <summary>Takes the write lock.</summary>
    public void Hold()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();
}
