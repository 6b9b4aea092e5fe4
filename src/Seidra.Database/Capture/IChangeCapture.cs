namespace Seidra.Database;

/// <summary>Follows the changes of a database that somebody else writes to. One reader at a time.</summary>
internal interface IChangeCapture : IAsyncDisposable
{
    /// <summary>How changes are noted.</summary>
    CaptureKind Kind { get; }

    /// <summary>Waits until there is something to read, or until <paramref name="patience"/> has passed.</summary>
    /// <returns>Whether there is.</returns>
    Task<bool> WaitAsync(TimeSpan patience, CancellationToken cancel);

    /// <summary>Everything since the last confirmed set, up to now. Unconfirmed changes come again.</summary>
    /// <exception cref="DatabaseException">The capture was lost or altered: nothing can be followed from here on.</exception>
    Task<ChangeSet> ReadAsync(CancellationToken cancel);

    /// <summary>Lets go of what a set told, once it is applied durably. Idempotent.</summary>
    Task ConfirmAsync(ChangeSet set, CancellationToken cancel);
}

/// <summary>How changes are noted.</summary>
public enum CaptureKind
{
    /// <summary>Triggers write the keys into a table of the same database.</summary>
    Triggers,

    /// <summary>PostgreSQL's logical replication (pgoutput) through a slot.</summary>
    Logical,
}
