using System.Text;
using System.Text.RegularExpressions;
using Seidra.Delivery;

namespace Seidra.EndToEnd.Tests;

/// <summary>Notes, while a run goes on, every secret it has and every command line on the machine.</summary>
public sealed partial class SecretWatch(string state)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private readonly HashSet<string> _values = [];
    private readonly HashSet<string> _commandLines = [];

    /// <summary>The files that are meant to hold secrets, as far as they are there now.</summary>
    public IReadOnlyList<string> Holders => [.. Environments().Concat(References()).Where(File.Exists).Distinct()];

    /// <summary>The secrets seen so far.</summary>
    public IReadOnlyCollection<string> Values => _values;

    /// <summary>The command lines seen so far.</summary>
    public string CommandLines => string.Join('\n', _commandLines);

    /// <summary>Looks again and again until <paramref name="run"/> has ended.</summary>
    public async Task WatchAsync(ProgramRun run)
    {
        while (!run.HasExited)
        {
            await NoteAsync();
            await Task.Delay(Interval);
        }
    }

    /// <summary>The secrets that <paramref name="content"/> shows, each by its first characters.</summary>
    public IReadOnlyList<string> FoundIn(byte[] content) =>
        [.. _values.Where(value => content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(value)) >= 0).Select(value => value[..4] + "...")];

    /// <inheritdoc cref="FoundIn(byte[])"/>
    public IReadOnlyList<string> FoundIn(string content) => FoundIn(Encoding.UTF8.GetBytes(content));

    private async Task NoteAsync()
    {
        _commandLines.UnionWith(ProcessTable.All().Select(process => process.CommandLine));
        foreach (var file in References().Where(File.Exists))
        {
            // A file that is only just made is still empty.
            if ((await File.ReadAllTextAsync(file)).Trim() is { Length: > 0 } value)
            {
                _values.Add(value);
            }
        }

        foreach (var file in Environments().Where(File.Exists))
        {
            var store = new EnvFileSecretStore(file);
            foreach (var rule in SecretPolicy.Rules.Where(rule => rule.Kind is SecretKind.Generated or SecretKind.Given))
            {
                if (await store.GetAsync(rule.Name) is { Length: > 0 } value)
                {
                    _values.Add(value);
                }
            }
        }
    }

    private IEnumerable<string> Environments() =>
        [Path.Combine(state, "production", ".env"), Path.Combine(state, "staging", "ultimate.env")];

    // What the settings refer to, and the rehearsal's own secrets beside it.
    private IEnumerable<string> References()
    {
        var settings = Path.Combine(state, "sandbox", "seidra.yaml");
        var folder = Path.Combine(state, "sandbox", "secrets");
        return (File.Exists(settings) ? Reference().Matches(File.ReadAllText(settings)).Select(match => match.Groups["path"].Value) : [])
            .Concat(Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : []);
    }

    [GeneratedRegex("\"file:(?<path>/[^\"]+)\"")]
    private static partial Regex Reference();
}
