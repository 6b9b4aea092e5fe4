namespace Seidra.Sandbox.World;

/// <summary>Reads the <c>.env</c> file of a recorded service: <c>NAME=value</c> lines, comments, quoted values.</summary>
internal static class EnvironmentFile
{
    /// <summary>The pairs of the file in order; none where there is no file.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Read(string? file)
    {
        if (file is null || !File.Exists(file))
            yield break;
        foreach (var line in File.ReadLines(file))
        {
            var text = line.Trim();
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && !text.StartsWith('#'))
                yield return new(text[..equals].TrimEnd(), Unquote(text[(equals + 1)..].TrimStart()));
        }
    }

    private static string Unquote(string value) => value switch
    {
        ['\'', .. var inner, '\''] => inner,
        ['"', .. var inner, '"'] => Unescape(inner),
        _ => value,
    };

    private static string Unescape(string value)
    {
        var text = new System.Text.StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length)
                text.Append(value[i]);
            else
                text.Append(value[++i] is 'n' ? '\n' : value[i]);
        }

        return text.ToString();
    }
}
