using System.Text.RegularExpressions;

namespace Seidra.Delivery;

/// <summary>
/// A <c>.env</c> file: NAME=value lines as Docker Compose and the shell both read them. Variables inside values are not
/// expanded. Lines that are no assignment are kept as they are.
/// </summary>
public sealed partial class DotEnv
{
    private readonly List<DotEnvLine> _lines;

    private DotEnv(IEnumerable<DotEnvLine> lines) => _lines = [.. lines];

    /// <summary>Names and values; of a name given twice, the last counts.</summary>
    public IReadOnlyDictionary<string, string> Values
    {
        get
        {
            var result = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var line in _lines)
            {
                if (line is { Name: not null, Value: not null }) result[line.Name] = line.Value;
            }

            return result;
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DeliveryException">Missing, unreadable, or damaged (with its line).</exception>
    public static DotEnv Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeliveryException($"{path}: the .env file cannot be read ({error.Message}). Run the step that writes it, or correct its path in the settings.", error);
        }
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">The content of a .env file.</param>
    /// <param name="source">Its name in error messages.</param>
    /// <exception cref="DeliveryException">A quote is not closed, or text follows it; names the line, never the value.</exception>
    public static DotEnv Parse(string text, string source)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new DotEnv(new DotEnvReader(text, source).Read());
    }

    /// <summary>Sets a value in place, or at the end.</summary>
    /// <param name="name">Letters, digits and underscores, no digit first.</param>
    /// <param name="value">One line of text.</param>
    /// <exception cref="DeliveryException">A bad name, or a value that Compose and the shell would not read alike.</exception>
    public void Set(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        if (!NamePattern().IsMatch(name)) throw new DeliveryException($"\"{name}\": expected a name of letters, digits and underscores for a .env file.");
        var line = new DotEnvLine($"{name}={DotEnvQuoting.Quote(name, value)}", name, value);
        var last = _lines.FindLastIndex(known => known.Name == name);
        if (last >= 0) _lines[last] = line;
        else _lines.Add(line);
    }

    /// <summary>The file's text, ending in a line break.</summary>
    public string ToText() => string.Concat(_lines.Select(line => line.Raw + "\n"));

    /// <summary>The values to take out of logs: all but the short ones, which would blot out innocent words.</summary>
    internal IEnumerable<string> SecretValues() => Values.Values.Where(value => value.Length >= 8);

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$", RegexOptions.CultureInvariant)]
    internal static partial Regex NamePattern();
}
