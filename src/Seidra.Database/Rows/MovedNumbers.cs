namespace Seidra.Database;

/// <summary>
/// Which number each row of one table has in Ultimate. Numbers are kept where they can be; a row that must move gets a free
/// number above all others, which the ledger keeps so that every later run gives the same. Thread-safe.
/// </summary>
internal sealed class MovedNumbers(KeyRule rule)
{
    // Numbers that Classic gives out between two runs should not meet those given to moved rows; if they do, they move too.
    private const long Gap = 1_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, long> _moved = [];
    private HashSet<long> _taken = [.. rule.Reserved];
    private SharedKeys _special = Special(rule.Reserved);
    private long _next = Gap;

    /// <summary>Takes what earlier runs decided.</summary>
    /// <param name="moved">Numbers moved by earlier runs, old to new.</param>
    /// <param name="foreign">Numbers of Ultimate's own rows.</param>
    /// <param name="highest">The highest number on either side.</param>
    public void Load(IReadOnlyDictionary<long, long> moved, IEnumerable<long> foreign, long highest)
    {
        lock (_lock)
        {
            _moved.Clear();
            // Who is the demo account is told anew in every run: it may be another row, or none.
            foreach (var (source, target) in moved.Where(pair => !rule.Reserved.Contains(pair.Value)))
                _moved[source] = target;
            _taken = [.. moved.Values, .. foreign, .. rule.Reserved];
            _special = Special([.. _taken, .. _moved.Keys]);
            _next = Math.Max(Math.Clamp(highest, 0, int.MaxValue - (2 * Gap)), moved.Count == 0 ? 0 : moved.Values.Max()) + Gap;
        }
    }

    /// <summary>Ultimate's number.</summary>
    public long Of(long number)
    {
        // Nearly all numbers stay, and are asked for by every row that refers to them.
        if (number is >= 1 and <= int.MaxValue && !_special.Contains(new KeyId(number, null)))
            return number;
        lock (_lock)
        {
            if (_moved.TryGetValue(number, out var moved))
                return moved;
            if (number is >= 1 and <= int.MaxValue && !_taken.Contains(number))
                return number;
            while (!_taken.Add(++_next))
            {
                // Taken by a row moved in an earlier run.
            }

            _special.Add(new KeyId(_next, null));
            return _moved[number] = _next;
        }
    }

    private static SharedKeys Special(IEnumerable<long> numbers)
    {
        var special = new SharedKeys();
        foreach (var number in numbers)
            special.Add(new KeyId(number, null));
        return special;
    }
}
