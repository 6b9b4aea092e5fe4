using System.Globalization;

namespace Seidra.Configuration;

/// <summary>Lays values of the environment and of <c>--set</c> over the file.</summary>
internal sealed class Overrides(MapNode root, ProblemList problems)
{
    private const string Prefix = "SEIDRA__";

    /// <summary>Takes every variable <c>SEIDRA__A__B</c>; case and single underscores of a part do not matter.</summary>
    public void Environment(IReadOnlyDictionary<string, string> environment)
    {
        var overrides = environment.Where(v => v.Key.StartsWith(Prefix, StringComparison.Ordinal));
        // Sorted, a section comes before its keys, so that these refine it.
        foreach (var (name, value) in overrides.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            var parts = name[Prefix.Length..].Split("__").Select(p => p.Replace("_", "")).ToArray();
            var origin = new Origin(null, null, "environment variable " + name);
            Apply(parts, StringComparison.OrdinalIgnoreCase, value, origin, name, () => NearestVariable(name));
        }
    }

    /// <summary>Takes every <c>--set a.b=value</c>, in the order given.</summary>
    public void Sets(IReadOnlyList<KeyValuePair<string, string>> sets)
    {
        foreach (var (path, value) in sets)
            Apply(path.Split('.'), StringComparison.Ordinal, value, new Origin(null, null, "--set"), path, () => Nearest.Of(path, Paths()));
    }

    private void Apply(string[] parts, StringComparison comparison, string value, Origin origin, string name, Func<string?> nearest)
    {
        var steps = new List<ModelKey>();
        var section = ModelSection.Root;
        while (steps.Count < parts.Length && section?.Keys.FirstOrDefault(k => k.Name.Equals(parts[steps.Count], comparison)) is { } key)
        {
            steps.Add(key);
            section = key.Section;
        }
        var index = 0;
        var isItem = steps is [.., { Kind: ModelKind.List }] && steps.Count == parts.Length - 1
            && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out index);
        if (steps.Count < parts.Length && !isItem)
        {
            problems.Add(null, Quote.Bare(name), "unknown key", nearest());
            return;
        }
        var path = string.Join('.', steps.Select(s => s.Name));
        var parent = Descend(steps.SkipLast(1), origin);
        var node = Parse(steps[^1], isItem, value, origin, path);
        if (node is null)
            return;
        if (isItem)
            SetItem(parent, steps[^1].Name, index, node, path);
        else
            parent.Set(steps[^1].Name, node);
    }

    private MapNode Descend(IEnumerable<ModelKey> sections, Origin origin)
    {
        var map = root;
        foreach (var section in sections)
        {
            if (map[section.Name] is not MapNode inner)
                map.Set(section.Name, inner = new MapNode(origin));
            map = inner;
        }
        return map;
    }

    private Node? Parse(ModelKey key, bool isItem, string value, Origin origin, string path)
    {
        // A text is taken as it is: quoting for the shell is enough. Only lists and sections need a notation.
        var structured = !isItem && key.Kind is ModelKind.List or ModelKind.Section && value.Length > 0 && value != "null";
        return structured
            ? YamlReader.Read(value, _ => origin, path, problems)
            : new ScalarNode(value, quoted: isItem, origin);
    }

    private void SetItem(MapNode parent, string name, int index, Node item, string path)
    {
        if (parent[name] is not ListNode list)
            parent.Set(name, list = new ListNode(item.Origin));
        if (index > list.Items.Count)
            problems.Add(item.Origin, path, $"expected an index up to {list.Items.Count}, since the list has {list.Items.Count} items, found {index}");
        else if (index == list.Items.Count)
            list.Items.Add(item);
        else
            list.Items[index] = item;
    }

    private static IEnumerable<string> Paths() => ModelSection.Root.All().Select(k => k.Path);

    private static string? NearestVariable(string name)
    {
        // Without the prefix: eight letters that always fit would make everything look near.
        var nearest = Nearest.Of(name[Prefix.Length..], Paths().Select(p => p.Replace(".", "__").ToUpperInvariant()));
        return nearest is null ? null : Prefix + nearest;
    }
}
