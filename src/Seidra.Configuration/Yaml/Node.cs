namespace Seidra.Configuration;

/// <summary>A value of the settings before it meets the model; every one knows where it was written.</summary>
internal abstract class Node(Origin origin)
{
    public Origin Origin => origin;

    /// <summary>What this is, for messages.</summary>
    public abstract string Name { get; }
}

/// <summary>A single value.</summary>
/// <param name="text">The text.</param>
/// <param name="quoted">Whether quotes made it a text whatever it looks like.</param>
/// <param name="origin">Where it was written.</param>
internal sealed class ScalarNode(string text, bool quoted, Origin origin) : Node(origin)
{
    public string Text => text;

    public bool Quoted => quoted;

    public bool IsNull => !quoted && text is ("" or "~" or "null" or "Null" or "NULL");

    public override string Name => "a single value";
}

/// <summary>A list.</summary>
internal sealed class ListNode(Origin origin) : Node(origin)
{
    public List<Node> Items { get; } = [];

    public override string Name => "a list";
}

/// <summary>Keys and values.</summary>
internal sealed class MapNode(Origin origin) : Node(origin)
{
    private readonly Dictionary<string, (Origin Key, Node Value)> _entries = new(StringComparer.Ordinal);

    public IEnumerable<(string Name, Origin Key, Node Value)> Entries => _entries.Select(e => (e.Key, e.Value.Key, e.Value.Value));

    public override string Name => "a section of keys and values";

    public Node? this[string key] => _entries.TryGetValue(key, out var entry) ? entry.Value : null;

    /// <summary>Where a key was written; null where it was not.</summary>
    public Origin? PlaceOf(string key) => _entries.TryGetValue(key, out var entry) ? entry.Key : null;

    /// <summary>Adds a key; false where it is there already.</summary>
    public bool TryAdd(string key, Origin keyOrigin, Node value) => _entries.TryAdd(key, (keyOrigin, value));

    /// <summary>Puts an override in place.</summary>
    public void Set(string key, Node value) => _entries[key] = (value.Origin, value);
}
