namespace Seidra.Database;

/// <summary>What one round brought back. Every row of it was read back in the same transaction.</summary>
/// <param name="Changes">Row changes that were noted in Ultimate.</param>
/// <param name="Inserted">Rows that are new in Classic.</param>
/// <param name="Updated">Rows of Classic that got another value.</param>
/// <param name="Deleted">Rows that left Classic.</param>
/// <param name="Untouched">Changed rows whose image Classic held already.</param>
/// <param name="Kept">Entries that were kept aside in this round.</param>
/// <param name="Since">When the oldest of the changes was made; null where there is none.</param>
public sealed record ReturnRoundResult(long Changes, long Inserted, long Updated, long Deleted, long Untouched, long Kept, DateTimeOffset? Since)
{
    internal static ReturnRoundResult Nothing { get; } = new(0, 0, 0, 0, 0, 0, null);

    /// <summary>Rows of Classic that were written.</summary>
    public long Written => Inserted + Updated + Deleted;
}

/// <summary>One thing that Classic cannot hold, kept in its table <c>seidra_cutover_kept</c>.</summary>
/// <param name="Table">Ultimate's table.</param>
/// <param name="Key">Ultimate's key.</param>
/// <param name="Column">Ultimate's column, <c>column.key</c> inside a JSON column; empty for the whole row.</param>
/// <param name="Value">The value as JSON text.</param>
/// <param name="Reason">One of a few stable words.</param>
/// <param name="Detail">The same in a sentence.</param>
public sealed record KeptValue(string Table, string Key, string Column, string Value, string Reason, string Detail);

/// <summary>How Ultimate's rows and Classic's were compared.</summary>
/// <param name="Rows">Rows changed in Ultimate since the switch that were compared.</param>
/// <param name="Kept">Entries kept aside that belong to them.</param>
/// <param name="Differing">Rows whose image is neither in Classic nor kept, as <c>table/key</c>.</param>
public sealed record ReturnVerificationResult(long Rows, long Kept, IReadOnlyList<string> Differing);

/// <summary>A whole way back.</summary>
/// <param name="Rounds">Rounds it took, the one inside the freeze included.</param>
/// <param name="Returned">Rows of Classic that were written since the switch, earlier rounds included.</param>
/// <param name="Verified">Rows changed in Ultimate since the switch whose image was compared.</param>
/// <param name="KeptByReason">Entries in <c>seidra_cutover_kept</c> of Classic's database by reason.</param>
/// <param name="Pause">From the first held write until Classic took writes again and clients were moved.</param>
public sealed record ReturnResult(int Rounds, long Returned, long Verified, IReadOnlyDictionary<string, long> KeptByReason, TimeSpan Pause)
{
    /// <summary>Entries kept aside.</summary>
    public long Kept => KeptByReason.Values.Sum();
}

/// <summary>What the caller does with clients around a way back.</summary>
/// <param name="Hold">Holds new writes at the front door.</param>
/// <param name="Move">Moves clients to Classic, which takes writes again, and lets held ones go.</param>
public sealed record ReturnTraffic(Func<CancellationToken, Task> Hold, Func<CancellationToken, Task> Move);
