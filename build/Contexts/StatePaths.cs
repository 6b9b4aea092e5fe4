namespace Seidra.Cutover.Contexts;

/// <summary>Where a run keeps what; scripts may rely on these names.</summary>
/// <param name="Root">The state folder, <c>.seidra</c> or <c>--state=DIR</c>, as an absolute path.</param>
public sealed record StatePaths(string Root)
{
    /// <summary>The rehearsal's Classic, Ultimate and front door.</summary>
    public string Sandbox => Path.Combine(Root, "sandbox");

    /// <summary>Manifests and names of media.</summary>
    public string Media => Path.Combine(Root, "media");

    /// <summary>The ledger of flat names in Ultimate's media directory.</summary>
    public string FlatNames => Path.Combine(Media, "names.jsonl");

    /// <summary>The log files of child processes.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>The report in its three forms.</summary>
    public string Report => Path.Combine(Root, "report");

    /// <summary>The scratch file of a SQLite restore drill.</summary>
    public string Drill => Path.Combine(Root, "drill");

    /// <summary>The manifest of one media pass.</summary>
    public string MediaManifest(string name) => Path.Combine(Media, $"{name}.jsonl");

    /// <summary>The log file of a child process.</summary>
    public string LogFile(string name) => Path.Combine(Logs, $"{name}.log");
}
