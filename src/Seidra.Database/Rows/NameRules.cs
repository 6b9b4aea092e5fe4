using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Seidra.Database;

/// <summary>The unique columns of a table and what their rows want.</summary>
internal sealed class NameRules
{
    private readonly ColumnValues _values;

    public NameRules(TablePlan table, PlanOptions options)
    {
        _values = new ColumnValues(table);
        Columns =
        [
            .. table.Binding.Columns.Select((column, index) => (column.Rule, index)).Where(column => column.Rule.Unique != Uniqueness.None)
                .Select(column => new UniqueColumn(column.Rule, column.index, DemoRule.Reserved(column.Rule.To, options.DemoUsername))),
        ];
    }

    public IReadOnlyList<UniqueColumn> Columns { get; }

    /// <summary>What a row wants in a unique column, default included; null where it wants none.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The column.</param>
    /// <param name="verdict">Takes notes; belongs to the row's key, which may stand in a default.</param>
    public string? Wanted(IRawRow row, UniqueColumn column, RowVerdict verdict) => _values.Read(row, column.Index, verdict) as string;
}

/// <summary>
/// One column whose values no two rows may share. The row with the lowest key keeps what it wants; any other gets its key into
/// the name, or, for an e-mail, behind a plus sign before the @, where most servers still deliver it.
/// </summary>
internal sealed class UniqueColumn(ColumnRule rule, int index, IEnumerable<string> reserved)
{
    private readonly HashSet<UInt128> _reserved = [.. reserved.Select(name => Hash(name, rule.Unique))];

    /// <summary>Ultimate's column.</summary>
    public string Name => rule.To;

    /// <summary>Its place among the columns of the binding.</summary>
    public int Index => index;

    /// <summary>The hash of a value as the column's rule compares it.</summary>
    public UInt128 Hash(string name) => Hash(name, rule.Unique);

    /// <summary>Whether the value belongs to the demo account alone.</summary>
    public bool IsReserved(UInt128 hash) => _reserved.Contains(hash);

    /// <summary>The name that a row gets in place of the one it wants: the first variant that nobody wants.</summary>
    /// <param name="wanted">What it wants.</param>
    /// <param name="key">Its key.</param>
    /// <param name="isWanted">Whether any row wants what has this hash.</param>
    public string Variant(string wanted, KeyId key, Func<UInt128, bool> isWanted)
    {
        for (var attempt = 1; ; attempt++)
        {
            var name = Variant(wanted, attempt == 1 ? $"classic-{key}" : $"classic-{key}-{attempt}");
            var hash = Hash(name);
            if (!IsReserved(hash) && !isWanted(hash))
                return name;
        }
    }

    /// <summary>Whether a row of this key can have got this name in place of the one it wants.</summary>
    public bool IsVariant(string wanted, string name, KeyId key) =>
        name == Variant(wanted, $"classic-{key}") || Enumerable.Range(2, 20).Any(attempt => name == Variant(wanted, $"classic-{key}-{attempt}"));

    private string Variant(string wanted, string suffix)
    {
        var at = wanted.LastIndexOf('@');
        var (local, join, rest) = at > 0 ? (wanted[..at], '+', wanted[at..]) : (wanted, '-', "");
        var room = (rule.Max ?? int.MaxValue) - suffix.Length - 1 - rest.Length;
        return room > 0 ? $"{TextLength.Cut(local, room)}{join}{suffix}{rest}" : TextLength.Cut(suffix, rule.Max ?? int.MaxValue);
    }

    private static UInt128 Hash(string name, Uniqueness how) =>
        XxHash128.HashToUInt128(MemoryMarshal.AsBytes((how == Uniqueness.Folded ? name.Trim().ToLowerInvariant() : name).AsSpan()));
}
