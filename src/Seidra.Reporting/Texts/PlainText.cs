namespace Seidra.Reporting;

/// <summary>Makes foreign text harmless for terminals and pages: errors and names may hold anything.</summary>
internal static class PlainText
{
    /// <summary>The text without control characters; line breaks stay.</summary>
    public static string Printable(string text)
    {
        var lines = text.ReplaceLineEndings("\n");
        return string.Create(lines.Length, lines, (shown, source) =>
        {
            for (var i = 0; i < shown.Length; i++)
            {
                shown[i] = Shown(source, i);
            }
        });
    }

    /// <summary>The text without control characters, on one line.</summary>
    public static string OneLine(string text) => Printable(text).Replace('\n', ' ');

    // Half a surrogate pair is no character, and the last two code points of a plane are none either.
    private static char Shown(string text, int at) => text[at] switch
    {
        '\n' => '\n',
        var mark when char.IsControl(mark) => ' ',
        '\uFFFE' or '\uFFFF' => '\uFFFD',
        var high when char.IsHighSurrogate(high) && !(at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])) => '\uFFFD',
        var low when char.IsLowSurrogate(low) && !(at > 0 && char.IsHighSurrogate(text[at - 1])) => '\uFFFD',
        var other => other,
    };
}
