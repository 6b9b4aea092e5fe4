using Npgsql;
using NpgsqlTypes;

namespace Seidra.Database;

/// <summary>Writes Ultimate's rows on PostgreSQL.</summary>
internal static class PostgresRows
{
    public static async Task CopyAsync(NpgsqlConnection connection, TargetTable table, IReadOnlyList<RowChange> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
            return;
        await using var writer = await connection.BeginBinaryImportAsync($"COPY {table.Quoted} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)", cancel);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(cancel);
            for (var index = 0; index < table.Columns.Count; index++)
                await WriteAsync(writer, row.Values![index], table.Columns[index].Type, cancel);
        }

        await writer.CompleteAsync(cancel);
    }

    /// <summary>Inserts or replaces rows by their key; of rows that Ultimate owns, inserts the missing only.</summary>
    public static async Task UpsertAsync(NpgsqlConnection connection, TargetTable table, IReadOnlyList<RowChange> rows, CancellationToken cancel)
    {
        if (rows.Count == 0)
            return;
        var values = string.Join(", ", table.Columns.Select((_, index) => $"${index + 1}"));
        var set = string.Join(", ", table.Columns.Skip(1).Select(column => $"{SqlName.Quote(column.Name)} = EXCLUDED.{SqlName.Quote(column.Name)}"));
        var insert = $"INSERT INTO {table.Quoted} ({table.ColumnList}) VALUES ({values}) ON CONFLICT";
        await using var batch = new NpgsqlBatch(connection);
        foreach (var row in rows)
        {
            var command = new NpgsqlBatchCommand(row.KeepExisting ? $"{insert} DO NOTHING" : $"{insert} (id) DO UPDATE SET {set}");
            for (var index = 0; index < table.Columns.Count; index++)
                command.Parameters.Add(Parameter(row.Values![index], table.Columns[index].Type));
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>
    /// Takes unique values that the new rows need away from rows that hold them still. Those rows have lost them in Classic,
    /// so they are changed or removed later in the same pass.
    /// </summary>
    public static async Task ParkAsync(NpgsqlConnection connection, TargetTable table, IReadOnlyList<RowChange> rows, CancellationToken cancel)
    {
        foreach (var name in table.Unique)
        {
            var column = table.Columns.ToList().FindIndex(column => column.Name == name);
            var ids = new List<string>();
            var values = new List<string>();
            foreach (var row in rows.Where(row => row.Values![column] is not null))
            {
                ids.Add(row.Entry.TargetKey!);
                values.Add((string)row.Values![column]!);
            }

            await using var command = new NpgsqlCommand(
                $"UPDATE {table.Quoted} t SET {SqlName.Quote(name)} = 'parked-' || t.id FROM unnest($1, $2) AS wanted(target, value) WHERE t.{SqlName.Quote(name)} = wanted.value AND t.id::text <> wanted.target{(table.Own is { } own ? $" AND NOT coalesce({own}, false)" : "")}",
                connection);
            command.Parameters.Add(new() { Value = ids.ToArray() });
            command.Parameters.Add(new() { Value = values.ToArray() });
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    public static object Value(NpgsqlDataReader reader, int index, TargetType type) => type switch
    {
        TargetType.Integer => reader.GetFieldValue<long>(index),
        TargetType.Float => reader.GetDouble(index),
        TargetType.Boolean => reader.GetBoolean(index),
        TargetType.Timestamp => reader.GetDateTime(index),
        _ => reader.GetString(index),
    };

    private static Task WriteAsync(NpgsqlBinaryImporter writer, object? value, TargetType type, CancellationToken cancel) => value switch
    {
        null => writer.WriteNullAsync(cancel),
        long number => writer.WriteAsync((int)number, NpgsqlDbType.Integer, cancel),
        double number => writer.WriteAsync(number, NpgsqlDbType.Double, cancel),
        bool flag => writer.WriteAsync(flag, NpgsqlDbType.Boolean, cancel),
        DateTime moment => writer.WriteAsync(moment, NpgsqlDbType.Timestamp, cancel),
        _ => writer.WriteAsync((string)value, type == TargetType.Json ? NpgsqlDbType.Json : NpgsqlDbType.Text, cancel),
    };

    private static NpgsqlParameter Parameter(object? value, TargetType type) => new()
    {
        Value = value is long number ? (int)number : value ?? DBNull.Value,
        NpgsqlDbType = type switch
        {
            TargetType.Integer => NpgsqlDbType.Integer,
            TargetType.Float => NpgsqlDbType.Double,
            TargetType.Boolean => NpgsqlDbType.Boolean,
            TargetType.Timestamp => NpgsqlDbType.Timestamp,
            TargetType.Json => NpgsqlDbType.Json,
            _ => NpgsqlDbType.Text,
        },
    };
}
