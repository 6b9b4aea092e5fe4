namespace Seidra.Cutover.Bench;

/// <summary>What a measured part works on; handed on by environment, because other users see command lines.</summary>
/// <param name="Classic">Classic's URL.</param>
/// <param name="Ultimate">Ultimate's (or a scratch database's) URL.</param>
/// <param name="Password">The password of either on PostgreSQL.</param>
/// <param name="Backup">The folder of a backup.</param>
internal sealed record MeasureInput(string Classic, string? Ultimate, string? Password, string? Backup)
{
    private const string Prefix = "SEIDRA_BENCH_";

    /// <summary>As variables.</summary>
    public Dictionary<string, string> ToEnvironment() =>
        new (string Name, string? Value)[] { ("CLASSIC", Classic), ("ULTIMATE", Ultimate), ("PASSWORD", Password), ("BACKUP", Backup) }
            .Where(pair => pair.Value is not null)
            .ToDictionary(pair => Prefix + pair.Name, pair => pair.Value!);

    /// <summary>From this process' variables.</summary>
    /// <exception cref="Steps.StepException">They are not set: the part is meant to be started by a suite (exit 2).</exception>
    public static MeasureInput FromEnvironment() => new(
        Variable("CLASSIC") ?? throw BenchRequest.Usage("--measure: a suite starts it by itself; run --target=Bench --suite=database"),
        Variable("ULTIMATE"),
        Variable("PASSWORD"),
        Variable("BACKUP"));

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(Prefix + name);
}
