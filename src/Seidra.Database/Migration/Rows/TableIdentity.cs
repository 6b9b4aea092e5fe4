using System.Globalization;

namespace Seidra.Database;

/// <summary>
/// Which key each row of one table has in Ultimate. Numbers are kept where they can be; a row that must move gets a free
/// number above all others, which the ledger keeps so that every later run gives the same.
/// </summary>
internal sealed class TableIdentity
{
    // Numbers that Classic gives out between two runs should not meet those given to moved rows; if they do, they move too.
    private const long Gap = 1_000;
    private const int LongestText = 100;
    private readonly TableRule _rule;
    private readonly Dictionary<long, long> _moved;
    private readonly HashSet<long> _taken;
    private long _next;

    /// <param name="rule">The table's rule.</param>
    /// <param name="moved">Numbers moved by earlier runs, old to new.</param>
    /// <param name="foreign">Numbers of Ultimate's own rows.</param>
    /// <param name="highest">The highest number on either side.</param>
    public TableIdentity(TableRule rule, IReadOnlyDictionary<long, long> moved, IEnumerable<long> foreign, long highest)
    {
        _rule = rule;
        // Who is the demo account is told anew in every pass: it may be another row, or none.
        _moved = moved.Where(pair => !rule.Key.Reserved.Contains(pair.Value)).ToDictionary();
        _taken = [.. moved.Values, .. foreign, .. rule.Key.Reserved];
        _next = Math.Max(Math.Clamp(highest, 0, int.MaxValue - (2 * Gap)), moved.Count == 0 ? 0 : moved.Values.Max()) + Gap;
    }

    /// <summary>The placed keys.</summary>
    public KeySet Placed { get; } = new();

    /// <summary>The keys kept aside.</summary>
    public KeySet Quarantined { get; } = new();

    /// <summary>All keys there are, where rows of the table refer to one another; else null.</summary>
    public KeySet? All { get; set; }

    public bool IsNumeric => _rule.Key.As == KeyKind.Integer;

    /// <summary>Whether a number was given to another row than the one that has it in Classic.</summary>
    public bool IsMoved(KeyId key) => key.IsNumber && _moved.ContainsKey(key.Number);

    /// <summary>Gives a row an Ultimate key that is not its own: the demo account.</summary>
    public void Assign(KeyId key, long target) => _moved[key.Number] = target;

    /// <summary>The key in Ultimate as text; null and a reason where the row cannot have one.</summary>
    public string? TargetKey(KeyId key, out string reason)
    {
        reason = "";
        switch (_rule.Key.As)
        {
            case KeyKind.Integer when !key.IsNumber:
                reason = Reasons.KeyNotInteger;
                return null;
            case KeyKind.Integer:
                return Number(key.Number).ToString(CultureInfo.InvariantCulture);
            case KeyKind.Uuid when key.Text is { Length: 36 } text && Guid.TryParseExact(text, "D", out _):
                return text;
            case KeyKind.Uuid:
                return StableUuid.Of(_rule.Target, key);
            case var _ when key.ToString() is { Length: > LongestText } or "":
                reason = Reasons.KeyTooLong;
                return null;
            default:
                return key.ToString();
        }
    }

    private long Number(long number)
    {
        if (_moved.TryGetValue(number, out var moved))
            return moved;
        if (number is >= 1 and <= int.MaxValue && !_taken.Contains(number))
            return number;
        while (!_taken.Add(++_next))
        {
            // Taken by a row moved in an earlier run.
        }

        return _moved[number] = _next;
    }
}
