namespace Seidra.Configuration;

/// <summary>The example file, built into the program: its comments are the descriptions of the keys.</summary>
internal static class SettingsExample
{
    /// <summary>The comment above each key, as one line, by key.</summary>
    public static IReadOnlyDictionary<string, string> Descriptions()
    {
        var text = Text();
        var lines = text.Split('\n');
        var root = (MapNode)YamlReader.Read(text, line => new Origin(null, line, null), "", new ProblemList())!;
        var descriptions = new Dictionary<string, string>(StringComparer.Ordinal);
        Collect(root, "");
        return descriptions;

        void Collect(MapNode map, string prefix)
        {
            foreach (var (name, key, value) in map.Entries)
            {
                if (CommentAbove(lines, key.Line!.Value) is { Length: > 0 } comment)
                    descriptions[prefix + name] = comment;
                if (value is MapNode inner)
                    Collect(inner, prefix + name + ".");
            }
        }
    }

    private static string CommentAbove(string[] lines, int keyLine)
    {
        // Lines count from 1, so the line above the key has the index keyLine - 2.
        var comments = lines.Take(keyLine - 1).Reverse().Select(l => l.Trim()).TakeWhile(l => l.StartsWith('#'));
        return string.Join(' ', comments.Reverse().Select(l => l.TrimStart('#').Trim()));
    }

    private static string Text()
    {
        using var stream = typeof(SettingsExample).Assembly.GetManifestResourceStream("seidra.example.yaml")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
