namespace Seidra.Reporting;

/// <summary>Breaks text into lines of a width: between words, and inside a word only where it alone is too long.</summary>
internal static class WrappedText
{
    /// <summary>The lines of <paramref name="text"/>, none longer than <paramref name="width"/> columns.</summary>
    public static IEnumerable<string> Lines(string text, int width) =>
        PlainText.Printable(text).Split('\n').SelectMany(line => Wrap(line, width));

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => word.Chunk(width), (_, part) => new string(part)))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }
}
