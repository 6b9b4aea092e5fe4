using Seidra.Cutover.Steps;
using Seidra.Database;

namespace Seidra.Cutover.Movement;

/// <summary>What a run over the rows proved, in the shape that journal and report share.</summary>
public static class RowEvidence
{
    /// <summary>The figures of a run that compared every row.</summary>
    /// <param name="result">The run.</param>
    /// <param name="more">What else the step has to tell; null where that is all.</param>
    /// <exception cref="StepException">A row is unaccounted for, or a checksum differs.</exception>
    public static Outcome Of(MigrationResult result, object? more = null)
    {
        Mismatch.Refuse("Ultimate's rows", result.Tables);
        var figures = Figures.Of(new
        {
            sourceRows = result.Tables.Sum(table => table.SourceRows),
            migratedRows = result.Tables.Sum(table => table.MigratedRows),
            quarantinedRows = result.Tables.Sum(table => table.QuarantinedRows),
            checksumsEqual = result.Tables.Count(table => table.ChecksumEqual),
            compared = result.Tables,
            result.QuarantinedByReason,
            result.NotesByReason,
        });
        foreach (var (name, value) in Figures.Of(more ?? new { }))
        {
            figures[name] = value?.DeepClone();
        }

        return Outcome.Verified(result.Tables.Sum(table => table.SourceRows), figures);
    }
}
