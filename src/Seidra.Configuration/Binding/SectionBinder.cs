namespace Seidra.Configuration;

/// <summary>Nodes to records, along the model. Goes on after each problem, so that all are told.</summary>
internal sealed class SectionBinder(ScalarBinder scalars, ProblemList problems)
{
    /// <summary>Where each key that was given comes from, sections included.</summary>
    public Dictionary<string, Origin> Origins { get; } = new(StringComparer.Ordinal);

    /// <summary>Binds a section.</summary>
    /// <param name="section">Its model.</param>
    /// <param name="node">Its node; null where nothing was given.</param>
    /// <param name="prefix">Path with a dot at the end; empty for the root.</param>
    /// <param name="place">Where the section, or the one that lacks it, was written.</param>
    public object Bind(ModelSection section, Node? node, string prefix, Origin place)
    {
        var map = AsMap(node, prefix.TrimEnd('.'));
        foreach (var (name, key, _) in map?.Entries ?? [])
            if (section.Find(name) is null)
                problems.Add(key, prefix + Quote.Bare(name), "unknown key", NearestKey(section, name));

        var record = Activator.CreateInstance(section.Type)!;
        foreach (var key in section.Keys)
        {
            var given = map?[key.Name];
            var value = BindKey(key, prefix + key.Name, given, map?.PlaceOf(key.Name) ?? place);
            // A key that may be null takes a written null as its value, even where the default is another.
            if (value is not null || (key.Nullable && given is ScalarNode { IsNull: true }))
                key.Property.SetValue(record, value);
        }
        return record;
    }

    private object? BindKey(ModelKey key, string path, Node? node, Origin place)
    {
        if (node is not null)
            Origins[path] = place;
        var given = node is ScalarNode { IsNull: true } ? null : node;
        if (key.Section is { } section)
            return given is null && !key.Required ? null : Bind(section, given, path + ".", place);
        if (given is not null)
            return scalars.Bind(key, path, given);
        if (key.Required)
            problems.Add(place, path, "expected a value, found none: this key is required");
        return null;
    }

    private MapNode? AsMap(Node? node, string path)
    {
        if (node is not (null or MapNode))
            problems.Add(node.Origin, path, $"expected a section of keys and values, found {node.Name}");
        return node as MapNode;
    }

    private static string? NearestKey(ModelSection section, string name) =>
        Nearest.Of(name, section.Keys.Select(k => k.Name))
        ?? ModelSection.Root.All().Where(k => k.Key.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(k => k.Path).FirstOrDefault();
}
