using System.Globalization;

namespace Seidra.Database;

/// <summary>
/// What a key or a reference means, however it is written: 5, '5' and 5.0 are one number.
/// </summary>
/// <param name="Number">The number, where it is one.</param>
/// <param name="Text">The text, where it is no number.</param>
internal readonly record struct KeyId(long Number, string? Text)
{
    public bool IsNumber => Text is null;

    /// <summary>As the key is written in Classic.</summary>
    public override string ToString() => Text ?? Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads a key or reference; null for NULL, empty text and bytes.</summary>
    public static KeyId? Of(object? raw)
    {
        if (raw is long number)
            return new KeyId(number, null);
        var text = SourceText.Plain(raw)?.Trim();
        if (string.IsNullOrEmpty(text))
            return null;
        // Only the plain way of writing is a number: 007 and 7 may be two keys of one text column.
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            && number.ToString(CultureInfo.InvariantCulture) == text)
            return new KeyId(number, null);
        return new KeyId(0, text);
    }
}
