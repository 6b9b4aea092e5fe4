using System.IO.Hashing;
using System.Text;

namespace Seidra.Database;

/// <summary>Text as the ledger can hold it.</summary>
internal static class LedgerText
{
    // PostgreSQL's indexes take about 2,700 bytes per entry, and a key of the ledger has three columns.
    private const int LongestKeyBytes = 1_500;
    private const int KeptCharacters = 300;

    /// <summary>A key of Classic or a bound; what is too long for an index is cut and told apart by its hash.</summary>
    public static string Key(string key)
    {
        key = Plain(key);
        if (key.Length * 3 <= LongestKeyBytes || Encoding.UTF8.GetByteCount(key) <= LongestKeyBytes)
            return key;
        var kept = char.IsHighSurrogate(key[KeptCharacters - 1]) ? KeptCharacters - 1 : KeptCharacters;
        return $"{key[..kept]}…{XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(key)):x32}";
    }

    /// <summary>The same, where there may be none.</summary>
    public static string? KeyOrNull(string? key) => key is null ? null : Key(key);

    /// <summary>Text without NUL, which PostgreSQL does not store.</summary>
    public static string Plain(string text) => text.Replace('\0', '\u0001');
}
