namespace Cake.Frosting.Internal;

/// <summary>An option that the command line may carry.</summary>
/// <param name="Name">The name without its dashes.</param>
/// <param name="Description">What it does, for <c>--help</c>.</param>
internal sealed record OptionSpec(string Name, string Description)
{
    /// <summary>Gets the one-letter form, without its dash.</summary>
    public string? Short { get; init; }

    /// <summary>Gets what stands for the value in <c>--help</c>; null with no <see cref="Values"/> makes a switch.</summary>
    public string? ValueName { get; init; }

    /// <summary>Gets the values that the option knows; empty where any will do.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Gets the value that holds where the option is not given.</summary>
    public string? Default { get; init; }

    /// <summary>Gets the target that reads the option; null for every run.</summary>
    public string? Task { get; init; }

    public bool TakesValue => ValueName is not null || Values.Count > 0;

    public bool IsNamed(string word) =>
        word.StartsWith("--", StringComparison.Ordinal)
            ? word.AsSpan(2).Equals(Name, StringComparison.OrdinalIgnoreCase)
            : Short is not null && word.Length > 1 && word.AsSpan(1).SequenceEqual(Short);
}
