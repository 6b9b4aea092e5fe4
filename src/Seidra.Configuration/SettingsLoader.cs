namespace Seidra.Configuration;

/// <summary>Reads settings.</summary>
public static class SettingsLoader
{
    /// <summary>Reads, merges, resolves and checks the settings.</summary>
    /// <param name="sources">File, <c>--set</c>, environment.</param>
    /// <exception cref="SettingsException">All problems at once.</exception>
    public static SeidraSettings Load(SettingsSources sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var problems = new ProblemList();
        var root = sources.File is null ? new MapNode(new Origin(null, null, "settings")) : SettingsFile.Read(sources.File, problems);
        var readable = root is not null;
        var overrides = new Overrides(root ??= new MapNode(new Origin(null, null, "settings")), problems);
        overrides.Environment(sources.Environment);
        overrides.Sets(sources.Sets);
        // What an unreadable file lacks cannot be told; only the rest can.
        if (!readable)
            throw problems.ToException();

        var binder = new SectionBinder(new ScalarBinder(new SecretResolver(sources.Environment), problems), problems);
        var settings = (SeidraSettings)binder.Bind(ModelSection.Root, root, "", root.Origin);
        new CrossRules(binder.Origins, problems).Check(settings);
        if (problems.Count > 0)
            throw problems.ToException();
        SettingsValues.FillDefaults(settings);
        return settings with { Origins = binder.Origins.ToDictionary(o => o.Key, o => o.Value.ToString()) };
    }
}
