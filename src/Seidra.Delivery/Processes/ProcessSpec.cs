namespace Seidra.Delivery;

/// <summary>One program to run, with everything it may see.</summary>
public sealed record ProcessSpec
{
    /// <summary>
    /// The program: a name found in PATH, or a path (relative ones count from <see cref="WorkingDirectory"/>). A script
    /// without run bit is run through the interpreter of its first line.
    /// </summary>
    public required string FileName { get; init; }

    /// <summary>Arguments, passed as they are, without a shell. Never secrets: other users see command lines.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The folder to run in; null: the current one.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>
    /// Variables of the child besides the minimal base (<see cref="ProcessEnvironment.Base"/>). Nothing else of this
    /// program's environment is passed on.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Names of variables handed on from this program's environment where they are set.</summary>
    public IReadOnlyList<string> Inherit { get; init; } = [];

    /// <summary>The longest the program may run; null: as long as it likes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long the tree may take to end in order (SIGTERM) before it is killed.</summary>
    public TimeSpan KillGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>File that gets every line too (appended, mode 0600); null: none.</summary>
    public string? LogFile { get; init; }

    /// <summary>Put before each live line; null: none.</summary>
    public string? Prefix { get; init; }

    /// <summary>Secret values that must not appear in any line; shown as ***.</summary>
    public IReadOnlyList<string> Redactions { get; init; } = [];

    /// <summary>
    /// True: standard output is data for the caller (<see cref="ProcessResult.Output"/>) and is neither logged nor
    /// written to the log file. At most 16 MiB.
    /// </summary>
    public bool Capture { get; init; }
}
