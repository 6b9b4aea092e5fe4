namespace Seidra.Database;

/// <summary>What the bulk copy brought, earlier runs included.</summary>
/// <param name="Tables">Each table, parents first.</param>
internal sealed record BulkResult(IReadOnlyList<BulkTable> Tables)
{
    /// <summary>Rows that this run read.</summary>
    public long RowsNow => Tables.Sum(table => table.RowsNow);
}

/// <summary>One table as the chunk ledger has it.</summary>
/// <param name="Name">Ultimate's table.</param>
/// <param name="SourceRows">Rows of Classic.</param>
/// <param name="PlacedRows">Rows placed, the demo account included.</param>
/// <param name="AsideRows">Rows in quarantine.</param>
/// <param name="Proof">Count and sum of the placed rows without the demo account: what a reading of the table must give.</param>
/// <param name="ChunksNow">Chunks that this run committed.</param>
/// <param name="ChunksFound">Chunks that were there.</param>
/// <param name="RowsNow">Rows of Classic in <paramref name="ChunksNow"/>.</param>
internal sealed record BulkTable(
    string Name, long SourceRows, long PlacedRows, long AsideRows, TableProof Proof, int ChunksNow, int ChunksFound, long RowsNow);

/// <summary>What proves a table: equal proofs mean equal rows.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="Sum">Sum of their hashes, 128 bits.</param>
internal readonly record struct TableProof(long Rows, UInt128 Sum)
{
    public static TableProof operator +(TableProof left, TableProof right) => new(left.Rows + right.Rows, unchecked(left.Sum + right.Sum));
}
