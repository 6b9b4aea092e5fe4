using System.Globalization;

namespace Seidra.Database;

/// <summary>
/// A row's place in the order in which both engines give keys out: NULL first, numbers by value, then text by its UTF-8
/// bytes. Equal keys (a table without a primary key) are told apart by their occurrence.
/// </summary>
/// <param name="Number">The number; long.MinValue for NULL, long.MaxValue for text.</param>
/// <param name="Text">The text; empty for numbers and NULL.</param>
/// <param name="Occurrence">1 for the first row of this key.</param>
internal readonly record struct RowKey(long Number, string Text, int Occurrence) : IComparable<RowKey>
{
    public static RowKey Of(object? raw) => raw switch
    {
        null => new RowKey(long.MinValue, "", 1),
        long number => new RowKey(number, "", 1),
        double number => new RowKey((long)Math.Floor(number), number.ToString("R", CultureInfo.InvariantCulture), 1),
        // The ledger cannot hold a NUL; such a row goes to quarantine, and no two of them are likely to differ in this alone.
        string text => new RowKey(long.MaxValue, text.Replace('\0', '\u0001'), 1),
        byte[] bytes => new RowKey(long.MaxValue, "\U0010FFFF" + Convert.ToHexString(bytes), 1),
        InvalidText text => new RowKey(long.MaxValue, "\U0010FFFE" + Convert.ToHexString(text.Bytes), 1),
        _ => throw new InvalidOperationException($"A key cannot be of type {raw.GetType().Name}."),
    };

    public bool IsNull => Number == long.MinValue;

    /// <summary>The key for people: what stands in Classic, and which occurrence of it.</summary>
    public string Display
    {
        get
        {
            var key = IsNull ? "NULL" : Text.Length > 0 || Number == long.MaxValue ? Text : Number.ToString(CultureInfo.InvariantCulture);
            return Occurrence == 1 ? key : $"{key}#{Occurrence}";
        }
    }

    /// <summary>Whether this is the same key at another row.</summary>
    public bool SameAs(RowKey other) => Number == other.Number && Text == other.Text;

    public int CompareTo(RowKey other)
    {
        var order = Number.CompareTo(other.Number);
        if (order == 0)
            order = CompareText(Text, other.Text);
        return order != 0 ? order : Occurrence.CompareTo(other.Occurrence);
    }

    // Ordinal comparison of UTF-16 puts surrogate pairs before U+E000; UTF-8 bytes do not.
    private static int CompareText(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var index = 0; index < length; index++)
        {
            var (a, b) = (left[index], right[index]);
            if (a == b)
                continue;
            if (char.IsSurrogate(a) != char.IsSurrogate(b))
                return char.IsSurrogate(a) ? 1 : -1;
            return a.CompareTo(b);
        }

        return left.Length.CompareTo(right.Length);
    }
}
