namespace Seidra.Configuration;

/// <summary>Gathers problems, so that all are told at once.</summary>
internal sealed class ProblemList
{
    private readonly List<SettingsProblem> _problems = [];

    public int Count => _problems.Count;

    public void Add(Origin? origin, string key, string message, string? nearest = null)
    {
        var source = origin?.Source is { } s ? $"{s}: " : "";
        _problems.Add(new SettingsProblem(origin?.File, origin?.Line, key, source + message, nearest));
    }

    /// <summary>Whether a key, or one inside it, has a problem already; a second one about it would only confuse.</summary>
    public bool Concerns(string key) => _problems.Any(p => p.Key == key || p.Key.StartsWith(key + ".", StringComparison.Ordinal));

    /// <summary>File first, in its order; then what came from elsewhere.</summary>
    public SettingsException ToException() =>
        new([.. _problems.OrderBy(p => p.File is null).ThenBy(p => p.Line ?? int.MaxValue)]);
}
