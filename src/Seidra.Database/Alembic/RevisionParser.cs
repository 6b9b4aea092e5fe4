namespace Seidra.Database;

/// <summary>
/// Reads <c>revision</c> and <c>down_revision</c> from a revision file as text, without Python: plain strings, None, tuples
/// and lists of strings, with or without type annotations. The last assignment counts, as it does for Python.
/// </summary>
internal static class RevisionParser
{
    public static RevisionFile Parse(string fileName, string source)
    {
        var scanner = new PythonScanner(source.ReplaceLineEndings("\n") + "\n");
        List<string>? revision = null;
        List<string>? parents = null;
        string? problem = null;
        while (scanner.Next(out var token))
        {
            if (token is not { Kind: PythonTokenKind.Name, Top: true, Text: "revision" or "down_revision" })
                continue;
            if (!SkipToValue(ref scanner))
                continue;
            if (Value(ref scanner) is not { } value)
                problem = $"{fileName}: {token.Text} is no plain string, None or tuple of strings; it cannot be read without Python.";
            else if (token.Text == "revision")
                revision = value;
            else
                parents = value;
        }

        problem ??= revision is not [_] ? $"{fileName}: states no revision." : parents is null ? $"{fileName}: states no down_revision." : null;
        return new RevisionFile(fileName, problem is null ? revision![0] : null, parents ?? [], problem);
    }

    /// <summary>Passes an annotation and the equals sign; false when the line is no assignment.</summary>
    private static bool SkipToValue(ref PythonScanner scanner)
    {
        var annotated = false;
        while (scanner.Next(out var token) && token.Kind != PythonTokenKind.LineEnd)
        {
            if (token is { Kind: PythonTokenKind.Mark, Text: "=" })
                return true;
            annotated |= token is { Kind: PythonTokenKind.Mark, Text: ":" };
            if (!annotated)
                return false;
        }

        return false;
    }

    /// <summary>The strings of the value; empty for None; null when it is more than that.</summary>
    private static List<string>? Value(ref PythonScanner scanner)
    {
        var values = new List<string>();
        var plain = true;
        var adjacent = false;
        while (scanner.Next(out var token) && token.Kind != PythonTokenKind.LineEnd)
        {
            // Two strings side by side are one string in Python.
            if (token.Kind == PythonTokenKind.Text && adjacent)
                values[^1] += token.Text;
            else if (token.Kind == PythonTokenKind.Text)
                values.Add(token.Text);
            else
                plain &= token.Kind == PythonTokenKind.Name ? token.Text == "None" : token.Text is "(" or ")" or "[" or "]" or "," or ";";
            adjacent = token.Kind == PythonTokenKind.Text;
        }

        return plain ? values : null;
    }
}
