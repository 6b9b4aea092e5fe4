namespace Seidra.Database;

/// <summary>How a pass over the rows is run.</summary>
public sealed record MigrationOptions
{
    private static readonly Func<string, string?> _keep = path => path;

    /// <summary>
    /// Where a path of Classic's rows lies in Ultimate; null where that is not known: then a media row goes to quarantine and
    /// a thumbnail is left out. The same path must give the same answer in every pass.
    /// </summary>
    public Func<string, string?> MapMediaPath { get; init; } = _keep;

    /// <summary>Changes when <see cref="MapMediaPath"/> gives other answers than before, such as after another directory.</summary>
    public string MediaMapVersion { get; init; } = "";

    /// <summary>Whether all of Ultimate's rows are compared at the end. Where they are not, no checksum is called equal.</summary>
    public bool ReadBack { get; init; } = true;

    /// <summary>How Classic's changes are noted while its rows are copied.</summary>
    public CaptureOptions Capture { get; init; } = new();

    /// <summary>Gets plain lines without secrets.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Gets (done, total) rows, at most 20 times a second.</summary>
    public Action<long, long>? Progress { get; init; }

    /// <summary>Whether every path stays as it is, so that none need be asked for.</summary>
    internal bool KeepsMediaPaths => ReferenceEquals(MapMediaPath, _keep);

    /// <summary>How the bulk copy works.</summary>
    internal BulkTuning Bulk { get; init; } = new();
}
