namespace Seidra.Database;

/// <summary>The statements on one table of Classic, in the words of its engine.</summary>
internal sealed class ClassicTable(ReturnTable table, DatabaseKind kind)
{
    private readonly string _name = SqlName.Quote(table.Plan!.Source);
    private readonly string _key = SqlName.Quote(table.Key.Name);
    private readonly string _columns = string.Join(", ", table.Columns.Select(column => Read(column, kind)));

    private bool IsPostgres => kind == DatabaseKind.PostgreSql;

    public ReturnTable Table => table;

    /// <summary>The rows of the given keys: all columns in the order of the plan.</summary>
    public IEnumerable<Statement> Rows(IEnumerable<KeyId> keys) => Select(_columns, keys);

    /// <summary>The same with the key alone.</summary>
    public IEnumerable<Statement> Keys(IEnumerable<KeyId> keys) => Select(Read(table.Key, kind), keys);

    public Statement AllKeys => new($"SELECT {Read(table.Key, kind)} FROM {_name}");

    public string HighestKey => $"SELECT coalesce(max({_key}), 0) FROM {_name}";

    public Statement Update(KeyId key, IReadOnlyList<ClassicWrite> writes) => new(
        $"UPDATE {_name} SET {string.Join(", ", writes.Select((write, index) => $"{SqlName.Quote(table.Columns[write.Ordinal].Name)} = {Value(write.Ordinal, index + 2)}"))} WHERE {Match}",
        [Raw(key), .. writes.Select(write => write.Raw)]);

    public Statement Insert(KeyId key, IReadOnlyList<ClassicWrite> writes) => new(
        $"INSERT INTO {_name} ({_key}{string.Concat(writes.Select(write => $", {SqlName.Quote(table.Columns[write.Ordinal].Name)}"))}) {(IsPostgres ? "OVERRIDING SYSTEM VALUE " : "")}VALUES ({Value(table.Binding.Key, 1)}{string.Concat(writes.Select((write, index) => $", {Value(write.Ordinal, index + 2)}"))})",
        [Raw(key), .. writes.Select(write => write.Raw)]);

    public Statement Delete(KeyId key) => new($"DELETE FROM {_name} WHERE {Match}", Raw(key));

    /// <summary>Sets the sequence of the key behind all keys; nothing where there is none.</summary>
    public string? Sequence => IsPostgres && table.Key.IsNumeric
        ? $"SELECT setval(s::regclass, greatest((SELECT coalesce(max({_key}), 1) FROM {_name}), (SELECT last_value FROM pg_sequences WHERE format('%I.%I', schemaname, sequencename) = s))::bigint) FROM pg_get_serial_sequence({SqlName.Literal(_name)}, {SqlName.Literal(table.Key.Name)}) AS s WHERE s IS NOT NULL"
        : null;

    /// <summary>A key as it goes into a statement.</summary>
    public static object Raw(KeyId key) => key.IsNumber ? key.Number : key.Text!;

    private string Match => IsPostgres ? $"{_key} = CAST($1 AS {CastType(table.Key)})" : $"{_key} IN ($1, CAST($1 AS TEXT))";

    private string Value(int ordinal, int parameter)
    {
        var column = table.Columns[ordinal];
        if (!IsPostgres)
            return $"${parameter}";
        // Without its length: a cast to varchar(n) would cut in silence, the assignment refuses.
        return column.Type.EndsWith("[]", StringComparison.Ordinal)
            ? $"ARRAY(SELECT json_array_elements_text(CAST($1 AS json)))::{column.Type}".Replace("$1", $"${parameter}", StringComparison.Ordinal)
            : $"CAST(${parameter} AS {CastType(column)})";
    }

    private IEnumerable<Statement> Select(string what, IEnumerable<KeyId> keys)
    {
        if (!IsPostgres)
        {
            foreach (var key in keys)
                yield return new Statement($"SELECT {what} FROM {_name} source WHERE {Match}", Raw(key));
            yield break;
        }

        var type = CastType(table.Key);
        var (numbers, uuid) = (table.Key.IsNumeric, type == "uuid");
        foreach (var batch in keys.Where(key => (!numbers || key.IsNumber) && (!uuid || Guid.TryParse(key.Text, out _))).Chunk(1_000))
        {
            yield return new Statement(
                $"SELECT {what} FROM {_name} source WHERE {_key} = ANY($1::{(numbers ? type == "numeric" ? "numeric" : "bigint" : type)}[])",
                (object)batch.Select(key => key.ToString()).ToArray());
        }
    }

    private static string CastType(ClassicColumn column) =>
        column.Type.StartsWith("char", StringComparison.Ordinal) ? "text" : column.Type.Contains('(') && !column.Type.StartsWith('"') ? column.Type.Remove(column.Type.IndexOf('('), column.Type.IndexOf(')') - column.Type.IndexOf('(') + 1) : column.Type;

    private static string Read(ClassicColumn column, DatabaseKind kind)
    {
        var name = SqlName.Quote(column.Name);
        if (kind == DatabaseKind.Sqlite)
            return name;
        return column.Type.EndsWith("[]", StringComparison.Ordinal) ? $"array_to_json({name})::text" : $"{name}::text";
    }
}

/// <summary>One value that is written into a column of Classic.</summary>
/// <param name="Ordinal">The column, by the ordinals of the plan.</param>
/// <param name="Raw">null, long, double or string.</param>
/// <param name="Column">Ultimate's column it comes from, or <c>column.key</c>.</param>
/// <param name="Json">Ultimate's value as JSON text.</param>
/// <param name="Lost">What Classic held, as JSON text, where Ultimate never had all of it; null where nothing gets lost.</param>
internal sealed record ClassicWrite(int Ordinal, object? Raw, string Column, string Json, string? Lost);
