using System.Globalization;

namespace Seidra.Database;

/// <summary>Looks again at the rows of the buckets that differ and names key and column, within a bounded list and memory.</summary>
internal sealed class RowDrill(MigrationPlan plan)
{
    private const int Most = 100;
    private const int MostBuckets = 64;
    private const int Shown = 80;
    private readonly Dictionary<string, HashSet<int>> _suspects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, Wanted>> _wanted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _different = new(StringComparer.Ordinal);
    private readonly List<RowDifference> _differences = [];

    /// <summary>The first differences.</summary>
    public IReadOnlyList<RowDifference> Differences => _differences;

    /// <summary>Classic's keys of the rows that Ultimate does not hold as they should be, by Ultimate's table.</summary>
    public Dictionary<string, HashSet<KeyId>> Drifted { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether there is anything to look at again.</summary>
    public bool HasSuspects => _suspects.Count > 0;

    public bool IsEqual(TablePlan table) => !_different.Contains(table.Target);

    public void Suspect(TablePlan table, IReadOnlyList<int> buckets)
    {
        if (buckets.Count == 0)
            return;
        _suspects[table.Target] = [.. buckets.Take(MostBuckets)];
        _wanted[table.Target] = new Dictionary<string, Wanted>(StringComparer.Ordinal);
        // More than can be looked at one by one is different in any case.
        if (buckets.Count > MostBuckets)
            _different.Add(table.Target);
    }

    /// <summary>Whether the rows of a table are to be looked at.</summary>
    public bool Concerns(string table) => _suspects.ContainsKey(table);

    /// <summary>Takes a row as Classic says it must be.</summary>
    public void Expect(TablePlan table, KeyId source, ReadOnlySpan<byte> key, ReadOnlySpan<byte> tuple)
    {
        if (Holds(table.Target, key))
            _wanted[table.Target][Convert.ToHexString(key)] = new Wanted(source, tuple.ToArray());
    }

    /// <summary>Takes a row as Ultimate holds it; from several readers at once.</summary>
    public void Find(TablePlan table, ReadOnlySpan<byte> key, ReadOnlySpan<byte> tuple)
    {
        if (!Holds(table.Target, key))
            return;
        lock (_wanted)
            Judge(table, key, tuple);
    }

    private void Judge(TablePlan table, ReadOnlySpan<byte> key, ReadOnlySpan<byte> tuple)
    {
        if (!_wanted[table.Target].Remove(Convert.ToHexString(key), out var wanted))
        {
            Add(new RowDifference(table.Target, Name(table, key), null, RowDifferenceKind.Extra, null, null));
            return;
        }

        if (!tuple.SequenceEqual(wanted.Tuple))
            Compare(table, key, wanted, tuple);
    }

    /// <summary>Names what was expected and not found.</summary>
    public void Finish()
    {
        foreach (var (name, wanted) in _wanted)
        {
            var table = plan.Tables.First(table => table.Target == name);
            foreach (var (key, row) in wanted)
            {
                Drift(table, row.Source);
                Missing(table, Name(table, Convert.FromHexString(key)));
            }
        }
    }

    public void Missing(TablePlan table, string key) => Add(new RowDifference(table.Target, key, null, RowDifferenceKind.Missing, null, null));

    /// <summary>Compares the quarantine of a table.</summary>
    public void CompareQuarantine(TablePlan table, Dictionary<string, string> expected, IEnumerable<(string Key, string Reason)> found)
    {
        foreach (var (key, reason) in found)
        {
            expected.Remove(key, out var wanted);
            if (wanted != reason)
                Aside(table, key, wanted, reason);
        }

        foreach (var (key, reason) in expected)
            Aside(table, key, reason, null);
    }

    private void Aside(TablePlan table, string key, string? expected, string? found)
    {
        if (KeyId.Of(key.Split('#')[0]) is { } id)
            Drift(table, id);
        Add(new RowDifference(table.Target, key, null, RowDifferenceKind.Quarantine, expected, found));
    }

    private bool Holds(string table, ReadOnlySpan<byte> key) =>
        _suspects.TryGetValue(table, out var buckets) && buckets.Contains(RowBuckets.IndexOf(key));

    private void Compare(TablePlan plan, ReadOnlySpan<byte> key, Wanted wanted, ReadOnlySpan<byte> tuple)
    {
        var table = TargetTable.Of(plan);
        var (expected, found) = (TupleCodec.Decode(wanted.Tuple, table.Columns), TupleCodec.Decode(tuple, table.Columns));
        for (var index = 0; index < expected.Length; index++)
        {
            var column = table.Columns[index];
            if (Equal(expected[index], found[index], column.Type))
                continue;
            Drift(plan, wanted.Source);
            var secret = column.Name.Contains("password", StringComparison.OrdinalIgnoreCase);
            Add(new RowDifference(table.Name, Name(plan, key), column.Name, RowDifferenceKind.Value, secret ? null : Show(expected[index]), secret ? null : Show(found[index])));
        }
    }

    // Ultimate's ORM writes JSON with other spaces and order of keys; that is the same value.
    private static bool Equal(object? expected, object? found, TargetType type) =>
        Equals(expected, found) || (type == TargetType.Json && expected is string left && found is string right && CanonicalJson.Of(left) == CanonicalJson.Of(right));

    private static string Name(TablePlan table, ReadOnlySpan<byte> key) =>
        SourceText.Plain(TupleCodec.Decode(key, table.Rule.Key.Type))!;

    private static string Show(object? value)
    {
        var text = value switch
        {
            null => "NULL",
            DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
            string words => $"'{words}'",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
        return TextLength.Exceeds(text, Shown) ? TextLength.Cut(text, Shown) + "…" : text;
    }

    private void Drift(TablePlan table, KeyId key)
    {
        if (!Drifted.TryGetValue(table.Target, out var keys))
            Drifted[table.Target] = keys = [];
        keys.Add(key);
    }

    private void Add(RowDifference difference)
    {
        _different.Add(difference.Table);
        if (_differences.Count < Most)
            _differences.Add(difference);
    }

    private sealed record Wanted(KeyId Source, byte[] Tuple);
}
