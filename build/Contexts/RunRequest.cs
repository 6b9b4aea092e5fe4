using Cake.Core;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Contexts;

/// <summary>What the command line asks of a run.</summary>
/// <param name="State">Where the run keeps what.</param>
/// <param name="SettingsFile">The settings file; <c>null</c> in a rehearsal.</param>
/// <param name="Profile"><c>embedded</c> or <c>services</c> in a rehearsal, <c>settings</c> otherwise.</param>
/// <param name="Sets">The <c>--set</c> overrides, in their order.</param>
/// <param name="Language"><c>en</c> or <c>fr</c>.</param>
/// <param name="RehearsalRows">Rows of the rehearsal's Classic.</param>
/// <param name="RehearsalObjects">Media objects of the rehearsal's Classic.</param>
public sealed record RunRequest(
    StatePaths State,
    string? SettingsFile,
    string Profile,
    IReadOnlyList<KeyValuePair<string, string>> Sets,
    string Language,
    int RehearsalRows,
    int RehearsalObjects)
{
    private const string DefaultSettings = "seidra.yaml";

    /// <summary>Whether the run rehearses on an embedded Classic.</summary>
    public bool IsRehearsal => SettingsFile is null;

    /// <summary>Reads the request from the command line.</summary>
    /// <exception cref="StepException">An option has an impossible value (exit 2).</exception>
    public static RunRequest Of(ICakeArguments arguments)
    {
        var profile = arguments.GetArgument("profile");
        var settings = arguments.GetArgument("settings");
        if (profile is not (null or "embedded" or "services"))
        {
            throw Usage($"--profile: expected embedded or services, found '{profile}'");
        }

        if (profile is not null && settings is not null)
        {
            throw Usage("--profile chooses a rehearsal and --settings a real migration: give one of them");
        }

        var rehearse = profile is not null || (settings is null && !Path.Exists(DefaultSettings));
        return new RunRequest(
            new StatePaths(Path.GetFullPath(arguments.GetArgument("state") ?? ".seidra")),
            rehearse ? null : Path.GetFullPath(settings ?? DefaultSettings),
            rehearse ? profile ?? "embedded" : "settings",
            [.. arguments.GetArguments("set").Select(Pair)],
            LanguageOf(arguments.GetArgument("lang")),
            Number(arguments, "rehearsal-rows", 20_000),
            Number(arguments, "rehearsal-objects", 5_000));
    }

    private static KeyValuePair<string, string> Pair(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new(text[..equals], text[(equals + 1)..])
            : throw Usage($"--set: expected key=value, found '{text}'");
    }

    private static string LanguageOf(string? language) => (language ?? "en") switch
    {
        "en" or "fr" => language ?? "en",
        var other => throw Usage($"--lang: expected en or fr, found '{other}'"),
    };

    private static int Number(ICakeArguments arguments, string name, int otherwise) => arguments.GetArgument(name) switch
    {
        null => otherwise,
        var text when int.TryParse(text, out var number) && number is >= 100 and <= 10_000_000 => number,
        var text => throw Usage($"--{name}: expected a number from 100 to 10000000, found '{text}'"),
    };

    private static StepException Usage(string message) => new(ExitCodes.Usage, message);
}
