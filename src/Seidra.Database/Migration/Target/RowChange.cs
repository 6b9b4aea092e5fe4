namespace Seidra.Database;

/// <summary>What a row of Classic becomes.</summary>
/// <param name="Entry">Its new ledger entry.</param>
/// <param name="IsNew">Whether the ledger did not know it.</param>
/// <param name="Values">Ultimate's row to be written, the key first; null where nothing is written there.</param>
/// <param name="KeepExisting">A row that is there already stays: Ultimate's own demo account.</param>
/// <param name="Notes">Altered values.</param>
/// <param name="Quarantine">Why it is kept aside; null where it is placed.</param>
internal sealed record RowChange(
    LedgerEntry Entry, bool IsNew, object?[]? Values, bool KeepExisting, IReadOnlyList<RowNote> Notes, QuarantinedRow? Quarantine);

/// <summary>A row kept aside.</summary>
/// <param name="Reason">One of <see cref="Reasons"/>.</param>
/// <param name="Detail">The same in a sentence.</param>
/// <param name="Json">The whole row of Classic.</param>
internal sealed record QuarantinedRow(string Reason, string Detail, string Json);

/// <summary>A row that leaves Ultimate.</summary>
/// <param name="Known">The ledger's entry.</param>
/// <param name="Kept">Whether the ledger's entry stays: the row has got another key.</param>
/// <param name="Replacement">What it becomes instead: quarantine; null where it is gone from Classic.</param>
internal sealed record RowRemoval(LedgerEntry Known, bool Kept, RowChange? Replacement);
