namespace Seidra.Media;

/// <summary>How a sync runs.</summary>
public sealed record MediaSyncOptions
{
    /// <summary>The file that lists what the target holds, in the order of the source's keys. Beside it lie
    /// <c>.partial</c> and <c>.ledger</c> while a run is under way or was killed.</summary>
    public required string ManifestPath { get; init; }

    /// <summary>Objects in flight at once.</summary>
    public int Parallelism { get; init; } = 16;

    /// <summary>Gives the target's key for a source key; null keeps the key. Called in the order of the keys, from one
    /// thread at a time, and must give the same answer each time.</summary>
    public Func<string, string>? MapKey { get; init; }

    /// <summary>Removes from the target what this manifest put there and the source no longer has. Never touches others'
    /// objects. Refused where the source lists nothing at all.</summary>
    public bool DeleteGone { get; init; }

    /// <summary>Bytes that the target can still take, for the check before the first byte of a first copy is written; null
    /// asks the target.</summary>
    public Func<long?>? FreeBytes { get; init; }

    /// <summary>Called with objects done and objects in all (0 = unknown), at most 20 times a second.</summary>
    public Action<long, long>? Progress { get; init; }

    /// <summary>Takes plain lines without secrets.</summary>
    public Action<string>? Log { get; init; }
}
