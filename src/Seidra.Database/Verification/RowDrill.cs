using System.Globalization;

namespace Seidra.Database;

/// <summary>Looks again at the rows of the buckets that differ and names key and column, within a bounded list and memory.</summary>
internal sealed class RowDrill(MigrationPlan plan)
{
    private const int Most = 100;
    private const int MostBuckets = 64;
    private const int Shown = 80;
    private readonly Dictionary<string, HashSet<int>> _suspects = new(StringComparer.Ordinal);
    private readonly HashSet<string> _different = new(StringComparer.Ordinal);
    private readonly List<RowDifference> _differences = [];

    public IReadOnlyList<RowDifference> Differences => _differences;

    public bool IsEqual(TablePlan table) => !_different.Contains(table.Target);

    public void Suspect(TablePlan table, IReadOnlyList<int> buckets)
    {
        if (buckets.Count == 0)
            return;
        _suspects[table.Target] = [.. buckets.Take(MostBuckets)];
        // More than can be looked at one by one is different in any case.
        if (buckets.Count > MostBuckets)
            _different.Add(table.Target);
    }

    public async Task RunAsync(ClassicSide classic, IMigrationTarget target, CancellationToken cancel)
    {
        if (_suspects.Count == 0)
            return;
        var expected = _suspects.Keys.ToDictionary(name => name, _ => new Dictionary<string, object?[]>(StringComparer.Ordinal));
        await classic.ReadAsync(
            (table, key, values) =>
            {
                if (Holds(table, key) && !IsDemo(table, key))
                    expected[table.Target][key] = values;
            },
            null,
            cancel);
        foreach (var table in plan.Tables.Where(table => _suspects.ContainsKey(table.Target)))
        {
            var shape = TargetTable.Of(table);
            await foreach (var values in target.ReadAsync(shape, cancel))
            {
                var key = ClassicSide.Key(values);
                if (!Holds(table, key))
                    continue;
                if (expected[table.Target].Remove(key, out var wanted))
                    Compare(shape, key, wanted, values);
                else
                    Add(new RowDifference(table.Target, key, null, RowDifferenceKind.Extra, null, null));
            }

            foreach (var key in expected[table.Target].Keys)
                Missing(table, key);
        }
    }

    public void Missing(TablePlan table, string key) => Add(new RowDifference(table.Target, key, null, RowDifferenceKind.Missing, null, null));

    /// <summary>Compares the quarantine of a table and counts it.</summary>
    public async Task<long> CompareQuarantineAsync(TablePlan table, Dictionary<string, string> expected, IMigrationTarget target, CancellationToken cancel)
    {
        var count = 0L;
        await foreach (var (key, reason) in target.QuarantineAsync(table.Target, cancel))
        {
            count++;
            expected.Remove(key, out var wanted);
            if (wanted != reason)
                Add(new RowDifference(table.Target, key, null, RowDifferenceKind.Quarantine, wanted, reason));
        }

        foreach (var (key, reason) in expected)
            Add(new RowDifference(table.Target, key, null, RowDifferenceKind.Quarantine, reason, null));
        return count;
    }

    private bool Holds(TablePlan table, string key) =>
        _suspects.TryGetValue(table.Target, out var buckets) && buckets.Contains(RowBuckets.IndexOf(key));

    private static bool IsDemo(TablePlan table, string key) =>
        table.Target == "users" && key == DemoAccount.Id.ToString(CultureInfo.InvariantCulture);

    private void Compare(TargetTable table, string key, object?[] expected, object?[] found)
    {
        for (var index = 0; index < expected.Length; index++)
        {
            var column = table.Columns[index];
            if (Equal(expected[index], found[index], column.Type))
                continue;
            var secret = column.Name.Contains("password", StringComparison.OrdinalIgnoreCase);
            Add(new RowDifference(table.Name, key, column.Name, RowDifferenceKind.Value, secret ? null : Show(expected[index]), secret ? null : Show(found[index])));
        }
    }

    // Ultimate's ORM writes JSON with other spaces and order of keys; that is the same value.
    private static bool Equal(object? expected, object? found, TargetType type) =>
        Equals(expected, found) || (type == TargetType.Json && expected is string left && found is string right && CanonicalJson.Of(left) == CanonicalJson.Of(right));

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

    private void Add(RowDifference difference)
    {
        _different.Add(difference.Table);
        if (_differences.Count < Most)
            _differences.Add(difference);
    }
}
