namespace Seidra.Database;

/// <summary>Lengths as varchar(n) counts them: characters (code points), not UTF-16 units.</summary>
internal static class TextLength
{
    public static bool Exceeds(string text, int max)
    {
        if (text.Length <= max)
            return false;
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            if (++count > max)
                return true;
        }

        return false;
    }

    /// <summary>The first <paramref name="max"/> characters, no pair split.</summary>
    public static string Cut(string text, int max)
    {
        var units = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (max-- == 0)
                break;
            units += rune.Utf16SequenceLength;
        }

        return text[..units];
    }

    /// <summary>Applies a column's limit: the text, the cut text, or null, and the verdict that goes with it.</summary>
    public static string? Fit(string? text, ColumnRule rule, RowVerdict row)
    {
        if (text is null || rule.Max is not { } max || !Exceeds(text, max))
            return text;
        if (rule.Overflow == Overflow.Quarantine)
        {
            row.Quarantine(Reasons.TooLong, $"{rule.To} holds more than {max} characters");
            return null;
        }

        row.Note(rule.To, Reasons.TooLong, text);
        return rule.Overflow == Overflow.Truncate ? Cut(text, max) : null;
    }
}
