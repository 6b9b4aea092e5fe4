using Seidra.Cutover.Steps;
using Seidra.Database;

namespace Seidra.Cutover.Movement;

/// <summary>What a pass over the rows proved, in the shape that journal and report share.</summary>
public static class RowEvidence
{
    /// <summary>The figures of a pass that was compared as it went.</summary>
    /// <exception cref="StepException">A row is unaccounted for, or a checksum differs.</exception>
    public static Outcome Of(MigrationResult result) => Of(result.Tables, new
    {
        result.QuarantinedByReason,
        result.NotesByReason,
    });

    /// <summary>The figures of the last comparison inside the freeze, with the media of the same moment.</summary>
    /// <exception cref="StepException">A row differs; the first of them are named by key and column.</exception>
    public static Outcome Of(RowVerificationResult verified, MigrationResult last, MediaTotals media)
    {
        Mismatch.Refuse("Ultimate's rows", [.. verified.Differences.Select(difference => difference.ToString()!)]);
        return Of(verified.Tables, new { media.Objects, media.Bytes, media.Copied, media.Verified, last.Changed, last.QuarantinedByReason });
    }

    private static Outcome Of(IReadOnlyList<TableCheck> tables, object more)
    {
        Mismatch.Refuse("Ultimate's rows", tables);
        var figures = Figures.Of(new
        {
            sourceRows = tables.Sum(table => table.SourceRows),
            migratedRows = tables.Sum(table => table.MigratedRows),
            quarantinedRows = tables.Sum(table => table.QuarantinedRows),
            checksumsEqual = tables.Count(table => table.ChecksumEqual),
            tables,
        });
        foreach (var (name, value) in Figures.Of(more))
        {
            figures[name] = value?.DeepClone();
        }

        return Outcome.Verified(tables.Sum(table => table.SourceRows), figures);
    }
}
