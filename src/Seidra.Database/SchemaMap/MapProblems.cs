using YamlDotNet.RepresentationModel;

namespace Seidra.Database;

/// <summary>Collects what is wrong with a map, each with file and line, so that all of it is told at once.</summary>
internal sealed class MapProblems
{
    private readonly List<string> _problems = [];
    private readonly HashSet<YamlNode> _extension = new(ReferenceEqualityComparer.Instance);
    private string _extensionName = "";

    /// <summary>From now on these nodes are told as lines of this file, all others as lines of the built-in map.</summary>
    public void Extension(string name, IEnumerable<YamlNode> nodes)
    {
        _extensionName = name;
        _extension.UnionWith(nodes);
    }

    /// <summary>Adds a problem; the same one at the same line once only.</summary>
    public void Add(YamlNode at, string problem)
    {
        var located = $"{(_extension.Contains(at) ? _extensionName : "default map")}:{at.Start.Line}: {problem}";
        if (!_problems.Contains(located))
            _problems.Add(located);
    }

    public void ThrowIfAny()
    {
        if (_problems.Count > 0)
            throw new DatabaseException("The schema map cannot be used; correct it and run the same command again:", _problems);
    }
}
