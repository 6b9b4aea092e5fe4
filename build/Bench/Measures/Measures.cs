using System.Text.Json;
using Seidra.Database;

namespace Seidra.Cutover.Bench;

/// <summary>The parts of the product that the suite measures in a process of their own; each prints lines of JSON.</summary>
/// <param name="engine">The product.</param>
/// <param name="output">Where the lines go.</param>
internal sealed class Measures(IDatabaseEngine engine, TextWriter output)
{
    /// <summary>Migration without and with the comparison of all rows.</summary>
    public const string Migrate = "migrate", MigrateVerified = "migrate-verified";

    /// <summary>Backup and restore drill.</summary>
    public const string Backup = "backup", Drill = "drill";

    /// <summary>A migration that follows, led by lines on standard input.</summary>
    public const string Live = "live";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } = [Migrate, MigrateVerified, Backup, Drill, Live];

    /// <summary>Does the part.</summary>
    /// <exception cref="Steps.StepException">There is no such part (exit 2).</exception>
    public async Task RunAsync(string name, MeasureInput input, TextReader commands, CancellationToken cancel)
    {
        var classic = DatabaseEndpoint.Parse(input.Classic, Password(input.Classic, input));
        DatabaseEndpoint Ultimate() => DatabaseEndpoint.Parse(input.Ultimate!, Password(input.Ultimate!, input));
        switch (name)
        {
            case Migrate or MigrateVerified:
                var times = await engine.MigrateAsync(classic, Ultimate(), name == MigrateVerified, cancel);
                Print(new { copyS = times.Copy.TotalSeconds, verifyS = times.Verify.TotalSeconds });
                break;
            case Backup:
                await engine.BackUpAsync(classic, input.Backup!, cancel);
                Print(new { done = true });
                break;
            case Drill:
                await engine.DrillAsync(input.Backup!, Ultimate(), cancel);
                Print(new { done = true });
                break;
            case Live:
                await new LiveDialog(engine, commands, output).RunAsync(classic, Ultimate(), cancel);
                break;
            default:
                throw BenchRequest.Usage($"--measure: expected one of {string.Join(", ", Names)}, found '{name}'");
        }
    }

    private static string? Password(string url, MeasureInput input) => url.StartsWith("sqlite:", StringComparison.Ordinal) ? null : input.Password;

    private void Print(object value)
    {
        output.WriteLine(JsonSerializer.Serialize(value));
        output.Flush();
    }
}
