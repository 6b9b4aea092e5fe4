using Seidra.Cutover.Steps;
using Seidra.Database;

namespace Seidra.Cutover.Movement;

/// <summary>What a pass over the rows proved, in the shape that journal and report share.</summary>
public static class RowEvidence
{
    /// <summary>The figures of one pass.</summary>
    /// <exception cref="StepException">A row is unaccounted for, or a checksum differs.</exception>
    public static Outcome Of(IReadOnlyList<TableCheck> tables)
    {
        Mismatch.Refuse("Ultimate's rows", tables);
        return Outcome.Verified(tables.Sum(table => table.SourceRows), new
        {
            sourceRows = tables.Sum(table => table.SourceRows),
            migratedRows = tables.Sum(table => table.MigratedRows),
            quarantinedRows = tables.Sum(table => table.QuarantinedRows),
            checksumsEqual = tables.Count(table => table.ChecksumEqual),
            tables,
        });
    }
}
