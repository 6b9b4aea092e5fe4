using System.Globalization;

namespace Seidra.Database;

/// <summary>The bound of a range as the ledger keeps it: what kind of value it is, a colon, the value.</summary>
internal static class KeyBound
{
    public static string Of(long number) => string.Create(CultureInfo.InvariantCulture, $"i:{number}");

    /// <summary>The bound at a key; null where the ledger could not keep it, so that another key must be the bound.</summary>
    public static string? Of(object? raw) => raw switch
    {
        long number => Of(number),
        double number => $"r:{number.ToString("R", CultureInfo.InvariantCulture)}",
        string text when !text.Contains('\0') => $"t:{text}",
        _ => null,
    };

    /// <summary>The key: long, double or string.</summary>
    public static object Read(string bound) => bound switch
    {
        ['i', ':', .. var number] => long.Parse(number, CultureInfo.InvariantCulture),
        ['r', ':', .. var number] => double.Parse(number, CultureInfo.InvariantCulture),
        ['t', ':', .. var text] => text,
        _ => throw new InvalidOperationException($"'{bound}' is no bound of a range of keys."),
    };

    /// <summary>Cuts numbers that lie close enough into ranges of one width; null where they do not.</summary>
    /// <param name="lowest">The lowest number.</param>
    /// <param name="highest">The highest number.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="rowsPerRange">How many of them a range should have.</param>
    public static IReadOnlyList<KeyRange>? Even(long lowest, long highest, long rows, int rowsPerRange)
    {
        const int Sparse = 4;
        var span = (Int128)highest - lowest + 1;
        if (rows <= 0 || span > (Int128)rows * Sparse)
            return null;
        var count = (rows + rowsPerRange - 1) / rowsPerRange;
        var width = (long)((span + count - 1) / count);
        return Between([.. Enumerable.Range(1, (int)count - 1).Select(index => Of(lowest - 1 + (width * index)))]);
    }

    /// <summary>The ranges between bounds, open at both ends.</summary>
    public static IReadOnlyList<KeyRange> Between(IReadOnlyList<string> bounds) =>
        [.. Enumerable.Range(0, bounds.Count + 1).Select(index => new KeyRange(index == 0 ? null : bounds[index - 1], index == bounds.Count ? null : bounds[index]))];
}
