namespace Seidra.Sandbox.Data;

/// <summary>The SQL scripts of this assembly, their placeholders filled in.</summary>
internal static class ScriptStatements
{
    /// <summary>The statements that make a shape's tables.</summary>
    public static IReadOnlyList<string> Schema(ClassicShape shape, ClassicDatabase database) =>
        [.. Fill(Read($"sql/{shape}.sql"), shape, database).Split(";\n").Select(part => part.Trim()).Where(part => part.Length > 0)];

    /// <summary>The statements that make a shape's oddities, each with the name of its kind.</summary>
    public static IEnumerable<(string Kind, string Sql)> Oddities(ClassicShape shape, ClassicDatabase database)
    {
        string[] traits = shape switch
        {
            ClassicShape.Classic => ["classic"],
            ClassicShape.ClassicEnriched => ["classic", "enriched"],
            ClassicShape.UltimateOlder => ["ultimate"],
            _ => ["ultimate", "unstamped"],
        };
        var kind = "";
        string[] needs = [];
        foreach (var line in Fill(Read("sql/oddities.sql"), shape, database).Split('\n'))
        {
            if (line.StartsWith("-- ", StringComparison.Ordinal))
            {
                var heading = line[3..].Split(": ");
                kind = heading[0];
                needs = heading.Length > 1 ? heading[1].Split(' ') : [];
            }
            else if (line.StartsWith("UPDATE", StringComparison.Ordinal) && needs.All(need => need == database.Engine || traits.Contains(need)))
            {
                yield return (kind, line);
            }
        }
    }

    private static string Fill(string script, ClassicShape shape, ClassicDatabase database)
    {
        var enriched = shape == ClassicShape.ClassicEnriched;
        return script
            .Replace("{serial}", database.Serial, StringComparison.Ordinal)
            .Replace("{epoch}", database.Epoch, StringComparison.Ordinal)
            .Replace("{zoned}", database.Zoned, StringComparison.Ordinal)
            .Replace("{owner}", enriched ? "owner_id" : "user_id", StringComparison.Ordinal)
            .Replace("{prompt}", enriched ? "text" : "prompt", StringComparison.Ordinal)
            .Replace("{path}", enriched ? "path" : "file_path", StringComparison.Ordinal);
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(ScriptStatements).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
