using YamlDotNet.RepresentationModel;

namespace Seidra.Database;

/// <summary>Lays one map file over another: mappings merge, lists named `from` are tried before the ones below, all else replaces.</summary>
internal static class MapLayers
{
    public static void Lay(YamlMappingNode over, YamlMappingNode onto)
    {
        foreach (var (key, value) in over.Children)
        {
            if (!onto.Children.TryGetValue(key, out var below))
                onto.Children[key] = value;
            else if (value is YamlMappingNode upper && below is YamlMappingNode lower)
                Lay(upper, lower);
            else
                onto.Children[key] = MapNode.Name(key) == "from" && value is YamlSequenceNode first && below is YamlSequenceNode then ? Join(first, then) : value;
        }
    }

    private static YamlSequenceNode Join(YamlSequenceNode first, YamlSequenceNode then)
    {
        foreach (var item in then.Children.Where(item => !first.Children.Contains(item)))
            first.Children.Add(item);
        return first;
    }
}
