using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Seidra.Database;

/// <summary>One mapping of the map file, read key by key; what is not of the expected form becomes a located problem.</summary>
internal sealed class MapNode(YamlMappingNode node, MapProblems problems)
{
    public YamlMappingNode Node => node;

    /// <summary>Names every key that is not one of these.</summary>
    public void Allow(params string[] known)
    {
        foreach (var key in node.Children.Keys)
        {
            if (!known.Contains(Name(key)))
                problems.Add(key, $"'{Name(key)}' is no key here; known are {string.Join(", ", known)}.");
        }
    }

    public YamlNode? Child(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    public string? Text(string key)
    {
        var child = Child(key);
        if (child is null || IsNull(child))
            return null;
        if (child is YamlScalarNode scalar)
            return scalar.Value;
        problems.Add(child, $"'{key}' needs a single value.");
        return null;
    }

    public bool Flag(string key)
    {
        var text = Text(key);
        if (text is null or "false")
            return false;
        if (text != "true")
            problems.Add(Child(key)!, $"'{key}' needs true or false, not '{text}'.");
        return true;
    }

    public int? Number(string key)
    {
        var text = Text(key);
        if (text is null)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            return number;
        problems.Add(Child(key)!, $"'{key}' needs a whole number above 0, not '{text}'.");
        return null;
    }

    public T Choice<T>(string key, T otherwise)
        where T : struct, Enum
    {
        var text = Text(key);
        if (text is null)
            return otherwise;
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        problems.Add(Child(key)!, $"'{key}' needs one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}, not '{text}'.");
        return otherwise;
    }

    public IReadOnlyList<string> List(string key)
    {
        var child = Child(key);
        switch (child)
        {
            case null:
                return [];
            case YamlScalarNode { Value: { } single } when !IsNull(child):
                return [single];
            case YamlSequenceNode sequence when sequence.Children.All(item => item is YamlScalarNode { Value: not null }):
                return [.. sequence.Children.Select(Name)];
            default:
                problems.Add(child, $"'{key}' needs a list of names.");
                return [];
        }
    }

    public IReadOnlyDictionary<string, string> Pairs(string key)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Mapping(key)?.Node.Children.AsEnumerable() ?? [])
        {
            if (value is YamlScalarNode { Value: { } text })
                pairs[Name(name).ToLowerInvariant()] = text;
            else
                problems.Add(value, $"'{key}' needs a single value for '{Name(name)}'.");
        }

        return pairs;
    }

    public MapNode? Mapping(string key)
    {
        switch (Child(key))
        {
            case null:
                return null;
            case YamlMappingNode mapping:
                return new MapNode(mapping, problems);
            case var other:
                problems.Add(other, $"'{key}' needs a mapping.");
                return null;
        }
    }

    /// <summary>Every entry of this mapping as a mapping of its own, in the order of the file.</summary>
    public IEnumerable<(string Name, MapNode Node)> Entries()
    {
        foreach (var (key, value) in node.Children)
        {
            if (value is YamlMappingNode mapping)
                yield return (Name(key), new MapNode(mapping, problems));
            else
                problems.Add(key, $"'{Name(key)}' needs a mapping.");
        }
    }

    public void Problem(string text, string? key = null) => problems.Add((key is null ? null : Child(key)) ?? node, text);

    public static string Name(YamlNode node) => (node as YamlScalarNode)?.Value ?? "";

    private static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" };
}
