using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Seidra.Database;

/// <summary>
/// Gives each row of a unique column a value of its own. Rows come in the order of their keys, so the oldest keeps what it
/// has, in every run; a later one gets its key into the name, or, for an e-mail, behind a plus sign before the @, where most
/// servers still deliver it.
/// </summary>
internal sealed class UniqueNames(ColumnRule rule, IEnumerable<string> reserved)
{
    private readonly HashSet<UInt128> _taken = [.. reserved.Select(name => Hash(name, rule.Unique))];

    /// <summary>The value to be used, which is the given one or a variant of it.</summary>
    public string Claim(string wanted, string key)
    {
        var name = wanted;
        for (var attempt = 1; !_taken.Add(Hash(name, rule.Unique)); attempt++)
            name = Variant(wanted, attempt == 1 ? $"classic-{key}" : $"classic-{key}-{attempt}");
        return name;
    }

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
