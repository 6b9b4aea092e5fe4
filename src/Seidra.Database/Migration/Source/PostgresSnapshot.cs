using System.Runtime.CompilerServices;
using Npgsql;

namespace Seidra.Database;

/// <summary>One repeatable-read transaction on PostgreSQL.</summary>
internal sealed class PostgresSnapshot : ISourceSnapshot
{
    private static readonly string[] _wholeNumbers = ["smallint", "integer", "bigint"];
    private readonly NpgsqlConnection _connection;

    private PostgresSnapshot(NpgsqlConnection connection) => _connection = connection;

    public static async Task<PostgresSnapshot> OpenAsync(DatabaseEndpoint source, CancellationToken cancel)
    {
        var connection = await source.OpenPostgresAsync(cancel);
        var snapshot = new PostgresSnapshot(connection);
        await using var command = connection.CreateCommand();
        // Values are read as text: the same text in every session, zones as UTC, floats to the last bit.
        command.CommandText = """
            SET datestyle = 'ISO, YMD'; SET timezone = 'UTC'; SET extra_float_digits = 3; SET intervalstyle = 'iso_8601'; SET bytea_output = 'hex';
            BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
            SELECT 1;
            """;
        await command.ExecuteNonQueryAsync(cancel);
        return snapshot;
    }

    public async IAsyncEnumerable<ISourceRow> ReadAsync(TablePlan table, [EnumeratorCancellation] CancellationToken cancel)
    {
        var key = table.SourceColumns[table.Binding.Key];
        var numeric = _wholeNumbers.Contains(key.Type);
        await using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", table.SourceColumns.Select(AsText))} FROM {SqlName.Quote(table.Source)} source ORDER BY {Order(key, numeric)}";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var row = new PostgresRow(reader, table.SourceColumns.Count, table.Binding.Key, numeric);
        while (await reader.ReadAsync(cancel))
            yield return row;
    }

    public async IAsyncEnumerable<object?> KeysAsync(TablePlan table, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT {AsText(table.SourceColumns[table.Binding.Key])} FROM {SqlName.Quote(table.Source)}";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            yield return reader.IsDBNull(0) ? null : reader.GetString(0);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    // Qualified: a bare name would mean the output column, which is text.
    private static string Order(SourceColumn key, bool numeric) => numeric
        ? $"source.{SqlName.Quote(key.Name)} NULLS FIRST"
        : $"source.{SqlName.Quote(key.Name)}::text COLLATE \"C\" NULLS FIRST";

    private static string AsText(SourceColumn column)
    {
        var name = SqlName.Quote(column.Name);
        return column.Type.EndsWith("[]", StringComparison.Ordinal) ? $"array_to_json({name})::text" : $"{name}::text";
    }
}
