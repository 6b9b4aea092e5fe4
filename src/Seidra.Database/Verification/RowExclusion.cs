using System.IO.Hashing;

namespace Seidra.Database;

/// <summary>
/// Rows that are not compared: they changed in Classic after the moment that Ultimate stands at, and the next catch-up brings
/// them, each compared by itself.
/// </summary>
internal sealed class RowExclusion
{
    private readonly Dictionary<string, HashSet<UInt128>> _tables = new(StringComparer.Ordinal);

    public RowExclusion(MigrationPlan plan, ChangeSet? changes, IRowKnowledge knowledge)
    {
        var targets = new TargetKeys(plan, knowledge);
        foreach (var table in plan.Tables.Where(table => table.Derived is null && changes?.Keys.ContainsKey(table.Source) == true))
        {
            _tables[table.Target] = [.. changes!.Keys[table.Source].Select(key => targets.Find(table.Target, key, out _)).OfType<object>().Select(Field)];
            Rows += changes.Keys[table.Source].Count;
        }
    }

    /// <summary>How many rows of Classic are left out.</summary>
    public long Rows { get; }

    /// <summary>Whether the row with this key's field is left out.</summary>
    public bool Holds(string table, ReadOnlySpan<byte> key) =>
        _tables.Count > 0 && _tables.TryGetValue(table, out var keys) && keys.Contains(XxHash128.HashToUInt128(key));

    /// <summary>Whether the row with Classic's key is left out.</summary>
    public static bool Holds(ChangeSet? changes, TablePlan table, KeyId? key) =>
        key is { } id && changes is not null && changes.Keys.TryGetValue(table.Source, out var keys) && keys.Contains(id);

    private static UInt128 Field(object key)
    {
        var field = new FieldBuffer();
        TupleCodec.Append(field, key);
        return XxHash128.HashToUInt128(field.Written[sizeof(int)..]);
    }
}
