namespace Seidra.Configuration;

/// <summary>Values by key.</summary>
internal static class SettingsValues
{
    /// <summary>Every value with its key; a section that is null counts as one value.</summary>
    public static IEnumerable<(string Path, ModelKey Key, object Owner, object? Value)> Of(SeidraSettings settings) =>
        Walk(ModelSection.Root, settings, "");

    /// <summary>Fills keys whose default is the value of another key.</summary>
    public static void FillDefaults(SeidraSettings settings)
    {
        var values = Of(settings).ToList();
        foreach (var (_, key, owner, value) in values)
            if (key.DefaultsTo is { } other && Equals(value, key.Default))
                key.Property.SetValue(owner, values.Single(v => v.Path == other).Value);
    }

    private static IEnumerable<(string Path, ModelKey Key, object Owner, object? Value)> Walk(ModelSection section, object owner, string prefix)
    {
        foreach (var key in section.Keys)
        {
            var value = key.Property.GetValue(owner);
            if (key.Section is null || value is null)
                yield return (prefix + key.Name, key, owner, value);
            else
                foreach (var inner in Walk(key.Section, value, prefix + key.Name + "."))
                    yield return inner;
        }
    }
}
