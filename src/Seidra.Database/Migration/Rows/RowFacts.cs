namespace Seidra.Database;

/// <summary>What is known of a row before its values are converted: enough to tell whether it must be looked at again.</summary>
/// <param name="Order">Its place among the rows.</param>
/// <param name="Id">What its key means; null for NULL.</param>
/// <param name="TargetKey">Its key in Ultimate; null where it cannot have one.</param>
/// <param name="Demo">Whether it is Classic's demo account.</param>
/// <param name="Resolved">Values of references and unique columns by column index; null elsewhere.</param>
/// <param name="Verdict">Notes and verdict so far.</param>
/// <param name="Fingerprint">A hash of everything the outcome depends on.</param>
internal sealed record RowFacts(
    RowKey Order, KeyId? Id, string? TargetKey, bool Demo, object?[] Resolved, RowVerdict Verdict, UInt128 Fingerprint);
