using Npgsql;

namespace Seidra.Database;

/// <summary>Rows of PostgreSQL in one repeatable-read transaction, by binary COPY.</summary>
internal sealed class PostgresRowSource : IRowSource
{
    private const int KeysPerBatch = 1_000;

    // Values that have no binary form of their own come as text: the same text in every session, zones as UTC, floats to the last bit.
    private static readonly string[] _settings =
        ["datestyle = 'ISO, YMD'", "timezone = 'UTC'", "extra_float_digits = 3", "intervalstyle = 'iso_8601'", "bytea_output = 'hex'", "standard_conforming_strings = on"];

    private readonly NpgsqlConnection _connection;
    private readonly bool _owned;
    private readonly Dictionary<string, PostgresKey> _keys = new(StringComparer.Ordinal);

    private PostgresRowSource(NpgsqlConnection connection, bool owned)
    {
        _connection = connection;
        _owned = owned;
        Execute(string.Join(';', _settings.Select(setting => $"SET LOCAL {setting}")) + "; SELECT 1");
    }

    public static async Task<PostgresRowSource> OpenAsync(DatabaseEndpoint endpoint, CancellationToken cancel)
    {
        var connection = await endpoint.OpenPostgresAsync(cancel);
        try
        {
            await using var command = new NpgsqlCommand("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", connection);
            await command.ExecuteNonQueryAsync(cancel);
            return new PostgresRowSource(connection, owned: true);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public static PostgresRowSource Over(NpgsqlConnection snapshot) => new(snapshot, owned: false);

    public IEnumerable<IRawRow> Read(TablePlan table, KeyRange range)
    {
        var key = Key(table);
        return Conditions(key, range).SelectMany(where => Copy(table, where, key.Order));
    }

    public IEnumerable<IRawRow> Read(TablePlan table, IReadOnlyCollection<KeyId> keys)
    {
        var key = Key(table);
        foreach (var batch in keys.Distinct().Order(KeyOrder.Instance).Chunk(KeysPerBatch))
        {
            if (key.AnyOf(batch) is not { } condition)
                continue;
            foreach (var row in Copy(table, $" WHERE {condition}", key.Order))
                yield return row;
        }
    }

    public IReadOnlyList<KeyRange> Split(TablePlan table, int rowsPerRange)
    {
        var key = Key(table);
        if (!key.IsIndexed)
            return [KeyRange.All];
        if (key.IsNumber)
        {
            using var ends = new NpgsqlCommand($"SELECT min({key.Column})::bigint, max({key.Column})::bigint FROM {From(table)}", _connection);
            using var reader = ends.ExecuteReader();
            if (reader.Read() && !reader.IsDBNull(0) && KeyBound.Even(reader.GetInt64(0), reader.GetInt64(1), table.Rows, rowsPerRange) is { } even)
                return even;
        }

        var bounds = new List<string>();
        using var command = new NpgsqlCommand(
            $"SELECT k FROM (SELECT {key.Column}{(key.IsNumber ? "::bigint" : "::text")} AS k, row_number() OVER (ORDER BY {key.Column}) AS n FROM {From(table)} WHERE {key.Column} IS NOT NULL) counted WHERE n % $1 = 0 ORDER BY n",
            _connection);
        command.Parameters.Add(new() { Value = (long)rowsPerRange });
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            if (KeyBound.Of(rows.GetValue(0)) is { } bound && (bounds.Count == 0 || bounds[^1] != bound))
                bounds.Add(bound);
        }

        return KeyBound.Between(bounds);
    }

    public IEnumerable<KeyId> Keys(TablePlan table, KeyRange range)
    {
        var key = Key(table);
        var column = PostgresColumn.Of(table.SourceColumns[table.Binding.Key]);
        foreach (var row in Conditions(key, range).SelectMany(where => Copy([column], 0, $"SELECT {column.Expression} FROM {From(table)}{where} ORDER BY {key.Compared}")))
        {
            var value = row.Raw(0);
            if (value.Kind == RawKind.Integer)
                yield return new KeyId(value.Number, null);
            else if (KeyId.Of(row[0]) is { } id)
                yield return id;
        }
    }

    public bool HasUniqueKey(TablePlan table)
    {
        var key = Key(table);
        if (!key.IsUnique || key.IsNumber || key.Type == "uuid")
            return key.IsUnique;
        // Keys that differ for the engine may mean one text: ' a' and 'a'.
        using var command = new NpgsqlCommand($"SELECT EXISTS (SELECT 1 FROM {From(table)} WHERE {key.Column}::text ~ '[^-0-9A-Za-z_.:]')", _connection);
        return !(bool)command.ExecuteScalar()!;
    }

    public ValueTask DisposeAsync() => _owned ? _connection.DisposeAsync() : ValueTask.CompletedTask;

    private static string From(TablePlan table) => $"{SqlName.Quote(table.Source)} source";

    private static IEnumerable<string> Conditions(PostgresKey key, KeyRange range)
    {
        var conditions = new List<string>();
        if (range.After is { } after)
            conditions.Add($"{key.Compared} > {PostgresKey.Bound(after)}");
        if (range.UpTo is { } upTo)
            conditions.Add($"{key.Compared} <= {PostgresKey.Bound(upTo)}");
        // NULL is behind all others in an index, and in front of them for us.
        if (range.After is null && !key.NotNull)
        {
            yield return $" WHERE {key.Column} IS NULL";
            conditions.Add($"{key.Column} IS NOT NULL");
        }

        yield return conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";
    }

    private PostgresKey Key(TablePlan table)
    {
        if (!_keys.TryGetValue(table.Source, out var key))
            _keys[table.Source] = key = PostgresKey.Of(_connection, table);
        return key;
    }

    private IEnumerable<IRawRow> Copy(TablePlan table, string where, string order)
    {
        var columns = table.SourceColumns.Select(PostgresColumn.Of).ToArray();
        return Copy(columns, table.Binding.Key, $"SELECT {string.Join(", ", columns.Select(column => column.Expression))} FROM {From(table)}{where} ORDER BY {order}");
    }

    private IEnumerable<IRawRow> Copy(PostgresColumn[] columns, int key, string select)
    {
        using var stream = _connection.BeginRawBinaryCopy($"COPY ({select}) TO STDOUT (FORMAT BINARY)");
        var tuples = new CopyTuples(stream);
        var row = new CopyRow(tuples, columns, key);
        while (tuples.Next())
            yield return row;
    }

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        command.ExecuteNonQuery();
    }
}
