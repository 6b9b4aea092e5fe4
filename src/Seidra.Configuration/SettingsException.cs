namespace Seidra.Configuration;

/// <summary>Settings that cannot be used; holds all problems, not the first one.</summary>
public sealed class SettingsException : Exception
{
    internal SettingsException(IReadOnlyList<SettingsProblem> problems)
        : base(Text(problems)) => Problems = problems;

    /// <summary>All problems, in the order of the file.</summary>
    public IReadOnlyList<SettingsProblem> Problems { get; }

    private static string Text(IReadOnlyList<SettingsProblem> problems)
    {
        var title = problems.Count == 1 ? "Expected usable settings, found 1 problem:" : $"Expected usable settings, found {problems.Count} problems:";
        return string.Join("\n  ", problems.Select(p => p.ToString()).Prepend(title));
    }
}
