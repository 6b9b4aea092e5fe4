using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting.Internal;

/// <summary>A command line as understood: what was asked for, and what was wrong with it.</summary>
/// <param name="Words">Option names and values, in order; the value of a switch is null.</param>
/// <param name="Problems">All that is wrong; a line with problems is not run.</param>
internal sealed record CommandLine(IReadOnlyList<(string Name, string? Value)> Words, IReadOnlyList<string> Problems)
{
    public IReadOnlyList<string> Targets =>
        Words.Where(word => Is(word.Name, CakeOptions.Target)).Select(word => word.Value!).ToList() is { Count: > 0 } named
            ? named
            : [CakeOptions.Target.Default!];

    public Verbosity? Verbosity =>
        ValueOf(CakeOptions.Verbosity) is { } text && VerbosityParser.TryParse(text, out var verbosity) ? verbosity : null;

    public CakeArguments ToCakeArguments() =>
        new(Words.ToLookup(word => word.Name, word => word.Value!, StringComparer.OrdinalIgnoreCase));

    public string? ValueOf(OptionSpec option) => Words.LastOrDefault(word => Is(word.Name, option)).Value;

    /// <summary>Tells whether a switch is on: given, and not as <c>--name=false</c>.</summary>
    public bool Has(OptionSpec option) =>
        Words.LastOrDefault(word => Is(word.Name, option)) is { Name: not null } word
        && !string.Equals(word.Value, bool.FalseString, StringComparison.OrdinalIgnoreCase);

    private static bool Is(string name, OptionSpec option) => string.Equals(name, option.Name, StringComparison.OrdinalIgnoreCase);
}
