namespace Seidra.Database;

/// <summary>Makes the rows of one table that a round must look at.</summary>
internal interface IFollowReader
{
    /// <summary>All keys that must be looked at because of the given ones, in batches, in the order in which they must be.</summary>
    Task<IReadOnlyList<KeyId[]>> PlanAsync(IReadOnlyCollection<KeyId> keys, CancellationToken cancel);

    /// <summary>The key in Ultimate that a row had before this round, where it was placed; null where it can have had none.</summary>
    KeyId? FormerId(KeyId key);

    /// <summary>The key in Ultimate that a placed row has now.</summary>
    KeyId Id(KeyId key);

    /// <summary>Reads and encodes rows; what is not there is left out. Good until the next call.</summary>
    Task<EncodedRows> ReadAsync(KeyId[] batch, CancellationToken cancel);
}
