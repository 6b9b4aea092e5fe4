using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Seidra.Database;

/// <summary>A statement with values for $1, $2 and so on: null, long, double or string.</summary>
internal sealed record Statement(string Sql, params object?[] Values);

/// <summary>
/// One connection to Classic that runs the same statements on either engine. On PostgreSQL every value goes as text and is
/// cast to its column's type, so that any type that can be written can be restored; on SQLite values go as they are.
/// </summary>
internal sealed class ClassicConnection : IAsyncDisposable
{
    private const int Batch = 250;
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    private ClassicConnection(DbConnection connection) => Connection = connection;

    public DbConnection Connection { get; }

    public bool IsPostgres => Connection is NpgsqlConnection;

    public DatabaseKind Kind => IsPostgres ? DatabaseKind.PostgreSql : DatabaseKind.Sqlite;

    private SqliteEncoding Encoding { get; set; } = new("UTF-8");

    public static async Task<ClassicConnection> OpenAsync(DatabaseEndpoint classic, CancellationToken cancel)
    {
        var connection = new ClassicConnection(classic.Kind == DatabaseKind.PostgreSql
            ? await classic.OpenPostgresAsync(cancel)
            : await classic.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel));
        if (connection.IsPostgres)
        {
            await connection.ExecuteAsync("SET datestyle = 'ISO, YMD'; SET timezone = 'UTC'; SET extra_float_digits = 3; SET intervalstyle = 'iso_8601'; SET bytea_output = 'hex'; SET client_min_messages = warning", cancel);
            return connection;
        }

        await connection.ExecuteAsync("PRAGMA foreign_keys = ON", cancel);
        connection.Encoding = new SqliteEncoding(await connection.ScalarAsync("PRAGMA encoding", cancel) ?? "UTF-8");
        return connection;
    }

    public Task BeginAsync(CancellationToken cancel) => ExecuteAsync(IsPostgres ? "BEGIN; SET CONSTRAINTS ALL IMMEDIATE" : "BEGIN IMMEDIATE", cancel);

    public Task CommitAsync(CancellationToken cancel) => ExecuteAsync("COMMIT", cancel);

    public Task RollBackAsync() => ExecuteAsync("ROLLBACK", CancellationToken.None);

    public async Task<int> ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var command = Connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync(cancel);
    }

    public async Task<string?> ScalarAsync(string sql, CancellationToken cancel)
    {
        await using var command = Connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync(cancel) is { } value and not DBNull ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;
    }

    public async Task<bool> HasTableAsync(string table, CancellationToken cancel) => await ScalarAsync(
        IsPostgres ? $"SELECT CASE WHEN to_regclass('{table}') IS NULL THEN 0 ELSE 1 END" : $"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '{table}'", cancel) == "1";

    /// <summary>Runs statements in their order, in few round trips.</summary>
    public async Task ExecuteAsync(IReadOnlyList<Statement> statements, CancellationToken cancel)
    {
        if (!IsPostgres)
        {
            foreach (var statement in statements)
                Bound(statement).ExecuteNonQuery();
            return;
        }

        foreach (var chunk in statements.Chunk(Batch))
        {
            await using var batch = new NpgsqlBatch((NpgsqlConnection)Connection);
            foreach (var statement in chunk)
            {
                var command = new NpgsqlBatchCommand(statement.Sql);
                foreach (var value in statement.Values)
                    command.Parameters.Add(new() { Value = SourceText.Plain(value) ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <summary>Rows as null, long, double, string, byte[] or <see cref="InvalidText"/>; on PostgreSQL as null or string.</summary>
    public async IAsyncEnumerable<object?[]> ReadAsync(Statement query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        if (!IsPostgres)
        {
            await using var file = Bound(query).ExecuteReader();
            var raw = new StatementRow(file.Handle!, Encoding);
            while (file.Read())
                yield return [.. Enumerable.Range(0, file.FieldCount).Select(index => raw[index])];
            yield break;
        }

        await using var command = new NpgsqlCommand(query.Sql, (NpgsqlConnection)Connection);
        foreach (var value in query.Values)
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            yield return [.. Enumerable.Range(0, reader.FieldCount).Select(index => reader.IsDBNull(index) ? null : (object?)reader.GetString(index))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in _prepared.Values)
            await command.DisposeAsync();
        await Connection.DisposeAsync();
    }

    /// <summary>A command of SQLite whose parameters are named $1, $2 and so on.</summary>
    public static SqliteCommand Command(SqliteConnection connection, string sql, params object[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
            command.Parameters.AddWithValue($"${index + 1}", values[index]);
        return command;
    }

    private SqliteCommand Bound(Statement statement)
    {
        if (!_prepared.TryGetValue(statement.Sql, out var command))
            _prepared[statement.Sql] = command = Command((SqliteConnection)Connection, statement.Sql, [.. statement.Values.Select(_ => DBNull.Value)]);
        for (var index = 0; index < statement.Values.Length; index++)
            command.Parameters[index].Value = statement.Values[index] ?? DBNull.Value;
        return command;
    }
}
