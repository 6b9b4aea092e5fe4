namespace Seidra.Database;

/// <summary>What the ledger knows of one row of Classic.</summary>
/// <param name="Key">Its place in Classic.</param>
/// <param name="TargetKey">Its key in Ultimate; null where it is in quarantine.</param>
/// <param name="Fingerprint">A hash of everything its outcome depends on.</param>
/// <param name="Checksum">The hash of Ultimate's row; 0 where there is none or Ultimate owns it.</param>
internal sealed record LedgerEntry(RowKey Key, string? TargetKey, UInt128 Fingerprint, UInt128 Checksum);
