using System.Reflection;

namespace Seidra.Configuration;

/// <summary>A section of the settings, derived from its record.</summary>
internal sealed class ModelSection
{
    public ModelSection(Type type)
    {
        Type = type;
        var defaults = Activator.CreateInstance(type)!;
        Keys = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => new ModelKey(p, defaults))];
    }

    /// <summary>The whole settings.</summary>
    public static ModelSection Root { get; } = new(typeof(SeidraSettings));

    public Type Type { get; }

    /// <summary>In the order of the record.</summary>
    public IReadOnlyList<ModelKey> Keys { get; }

    /// <summary>The key of that name, if known.</summary>
    public ModelKey? Find(string name) => Keys.FirstOrDefault(k => k.Name == name);

    /// <summary>All keys inside, sections included, with their full paths.</summary>
    public IEnumerable<(string Path, ModelKey Key)> All(string prefix = "")
    {
        foreach (var key in Keys)
        {
            yield return (prefix + key.Name, key);
            foreach (var inner in key.Section?.All(prefix + key.Name + ".") ?? [])
                yield return inner;
        }
    }
}
