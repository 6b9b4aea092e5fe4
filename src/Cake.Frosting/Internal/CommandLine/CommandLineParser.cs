using Cake.Core.Diagnostics;

namespace Cake.Frosting.Internal;

/// <summary>Reads a command line strictly: what is not known is a problem, and all problems are named at once.</summary>
internal sealed class CommandLineParser(Vocabulary vocabulary)
{
    private readonly List<(string Name, string? Value)> _words = [];
    private readonly List<string> _problems = [];

    public CommandLine Parse(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (Read(args[i], i + 1 < args.Count ? args[i + 1] : null))
                i++;
        }

        // Help and the like answer even where a program has no task named Default.
        var asksOnly = _words.Exists(word => word.Name is "help" or "version" or "info" or "complete" or "tree" or "description");
        var line = new CommandLine(_words, _problems);
        foreach (var target in line.Targets.Where(target => !asksOnly && !vocabulary.HasTarget(target)))
            _problems.Add($"The target '{target}' was not found. The nearest is '{vocabulary.NearestTarget(target)}'; --description lists them all.");
        return line;
    }

    /// <summary>Reads one word; true where it took the next one as its value.</summary>
    private bool Read(string word, string? next)
    {
        if (!word.StartsWith('-') || word == "-")
        {
            _problems.Add($"Unknown word '{word}': targets are named by --target. The nearest is '--target={vocabulary.NearestTarget(word)}'.");
            return false;
        }

        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? word : word[..equals];
        if (vocabulary.Find(name) is not { } option)
        {
            _problems.Add($"Unknown option '{name}'. The nearest is '{vocabulary.NearestOption(name)}'; --help lists them all.");
            return false;
        }

        var value = equals < 0 ? null : word[(equals + 1)..];
        var tookNext = value is null && option.TakesValue && next is not null && !next.StartsWith('-');
        Accept(option, tookNext ? next : value);
        return tookNext;
    }

    private void Accept(OptionSpec option, string? value)
    {
        if (option.TakesValue && string.IsNullOrEmpty(value))
            _problems.Add($"Option '--{option.Name}' expects a value: --{option.Name}=<{option.ValueName ?? string.Join('|', option.Values)}>.");
        else if (option.Values.Count > 0 && !option.Values.Contains(value, StringComparer.OrdinalIgnoreCase))
            _problems.Add(Mismatch(option, value!, option.Values));
        else if (option == CakeOptions.Verbosity && !VerbosityParser.TryParse(value, out _))
            _problems.Add(Mismatch(option, value!, Enum.GetNames<Verbosity>()));
        else if (!option.TakesValue && value is not null && !bool.TryParse(value, out _))
            _problems.Add($"Option '--{option.Name}' is a switch: it takes no value, or true or false, not '{value}'.");
        else
            _words.Add((option.Name, value));
    }

    private static string Mismatch(OptionSpec option, string value, IReadOnlyList<string> known) =>
        $"Option '--{option.Name}' knows {string.Join(", ", known)}, not '{value}'. The nearest is '--{option.Name}={Nearest.Of(value, known)}'.";
}
