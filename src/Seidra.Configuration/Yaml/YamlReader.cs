using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Seidra.Configuration;

/// <summary>
/// YAML to nodes that know their lines. Works on parser events, so that duplicate keys are told together with everything
/// else; anchors, aliases and tags are refused, which also keeps alias bombs out.
/// </summary>
internal sealed class YamlReader
{
    private const int MaxDepth = 16;
    private const int MaxNodes = 20_000;

    private readonly Parser _parser;
    private readonly Func<int, Origin> _originOf;
    private readonly ProblemList _problems;
    private int _nodes;

    private YamlReader(string text, Func<int, Origin> originOf, ProblemList problems)
    {
        _parser = new Parser(new StringReader(text));
        _originOf = originOf;
        _problems = problems;
    }

    /// <summary>Reads a document.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="originOf">Origin of a line, from 1.</param>
    /// <param name="key">Key to blame where the whole text is wrong.</param>
    /// <param name="problems">Takes the problems.</param>
    /// <returns>The root; null where the document is empty or cannot be read on.</returns>
    public static Node? Read(string text, Func<int, Origin> originOf, string key, ProblemList problems)
    {
        var reader = new YamlReader(text, originOf, problems);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException error)
        {
            var message = error is RefusedException ? error.Message : $"expected YAML, found at column {error.Start.Column}: {error.Message}";
            problems.Add(originOf((int)Math.Max(1, error.Start.Line)), key, message);
            return null;
        }
        catch (InvalidOperationException)
        {
            // The scanner of YamlDotNet gives up in this way where a plain text ends in an odd place ("[a" before a key).
            var line = (int)(reader._parser.Current?.End.Line ?? 1);
            problems.Add(originOf(Math.Max(1, line)), key, "expected YAML, found something unreadable here or on the next lines");
            return null;
        }
    }

    private Node? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
            return null;
        _parser.Consume<DocumentStart>();
        var root = ReadNode("", 1);
        _parser.Consume<DocumentEnd>();
        if (!_parser.TryConsume<StreamEnd>(out _))
            throw Refused(_parser.Current!.Start, "expected one document, found the begin of a second one");
        return root;
    }

    private Node ReadNode(string path, int depth)
    {
        if (depth > MaxDepth)
            throw Refused(_parser.Current!.Start, $"expected at most {MaxDepth} levels, found more");
        if (++_nodes > MaxNodes)
            throw Refused(_parser.Current!.Start, $"expected at most {MaxNodes} values, found more");
        if (_parser.Accept<AnchorAlias>(out var alias))
            throw Refused(alias.Start, "expected no aliases ('*name'), found one; write the value out");
        var node = _parser.Consume<NodeEvent>();
        if (!node.Anchor.IsEmpty)
            throw Refused(node.Start, "expected no anchors ('&name'), found one; write the value out");
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
            throw Refused(node.Start, "expected no tags ('!name'), found one");
        var origin = _originOf((int)node.Start.Line);
        return node switch
        {
            Scalar scalar => new ScalarNode(scalar.Value, scalar.Style != ScalarStyle.Plain, origin),
            SequenceStart => ReadList(path, depth, new ListNode(origin)),
            _ => ReadMap(path, depth, new MapNode(origin)),
        };
    }

    private ListNode ReadList(string path, int depth, ListNode list)
    {
        while (!_parser.TryConsume<SequenceEnd>(out _))
            list.Items.Add(ReadNode($"{path}[{list.Items.Count}]", depth + 1));
        return list;
    }

    private MapNode ReadMap(string path, int depth, MapNode map)
    {
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.Accept<Scalar>(out var key))
                throw Refused(_parser.Current!.Start, "expected a key, found something else");
            var keyOrigin = _originOf((int)key.Start.Line);
            ReadNode(path, depth + 1);
            var keyPath = path.Length == 0 ? Quote.Bare(key.Value) : $"{path}.{Quote.Bare(key.Value)}";
            var value = ReadNode(keyPath, depth + 1);
            if (!map.TryAdd(key.Value, keyOrigin, value))
                _problems.Add(keyOrigin, keyPath, "expected each key once, found it a second time");
        }
        return map;
    }

    private static RefusedException Refused(Mark place, string message) => new(place, message);

    /// <summary>Good YAML that settings do not need.</summary>
    private sealed class RefusedException(Mark place, string message) : YamlException(place, place, message);
}
