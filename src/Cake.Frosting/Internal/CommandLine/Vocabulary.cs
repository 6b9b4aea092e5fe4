namespace Cake.Frosting.Internal;

/// <summary>All that the command line of one program may say.</summary>
/// <param name="Command">How the program is called, for examples and completion.</param>
/// <param name="Targets">The names of its tasks.</param>
/// <param name="Declared">The options that its tasks, context and lifetime declare.</param>
/// <param name="ExitCodes">The exit codes that its context declares.</param>
internal sealed record Vocabulary(
    string Command,
    IReadOnlyList<string> Targets,
    IReadOnlyList<OptionSpec> Declared,
    IReadOnlyList<(int Code, string Meaning)> ExitCodes)
{
    /// <summary>Gets the options that help and completion show: each name once.</summary>
    public IEnumerable<OptionSpec> Shown =>
        CakeOptions.All.Concat(Declared).DistinctBy(option => option.Name, StringComparer.OrdinalIgnoreCase);

    public OptionSpec? Find(string word) =>
        CakeOptions.All.Concat(Declared).Concat(CakeOptions.Configuration).FirstOrDefault(option => option.IsNamed(word));

    /// <summary>The values that complete an option.</summary>
    public IReadOnlyList<string> ValuesOf(OptionSpec option) =>
        option == CakeOptions.Target ? Targets
        : option == CakeOptions.Verbosity ? Enum.GetNames<Core.Diagnostics.Verbosity>()
        : option.Values;

    public string NearestTarget(string word) => Nearest.Of(word, Targets);

    public string NearestOption(string word) =>
        "--" + Nearest.Of(word.TrimStart('-'), Shown.Select(option => option.Name));

    public bool HasTarget(string word) => Targets.Contains(word, StringComparer.OrdinalIgnoreCase);
}
