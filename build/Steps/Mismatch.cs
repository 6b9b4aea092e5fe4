using Seidra.Cutover.Hosting;
using Seidra.Database;

namespace Seidra.Cutover.Steps;

/// <summary>Turns differences into the error that ends a step; all of them at once, bounded.</summary>
public static class Mismatch
{
    private const int Shown = 20;

    /// <exception cref="StepException">There is at least one difference.</exception>
    public static void Refuse(string what, IReadOnlyList<string> differences)
    {
        if (differences.Count == 0)
        {
            return;
        }

        var more = differences.Count > Shown ? $"\n  … and {differences.Count - Shown} more" : "";
        throw new StepException(
            ExitCodes.StepFailed,
            $"{what}: expected no difference, found {differences.Count}:\n  {string.Join("\n  ", differences.Take(Shown))}{more}");
    }

    /// <exception cref="StepException">A table lost rows or differs in its checksum.</exception>
    public static void Refuse(string what, IReadOnlyList<TableCheck> checks) => Refuse(what, [.. checks
        .Where(check => !check.ChecksumEqual || check.SourceRows != check.MigratedRows + check.QuarantinedRows)
        .Select(check => $"{check.Name}: {check.SourceRows} rows expected, {check.MigratedRows} found, {check.QuarantinedRows} quarantined, checksum {(check.ChecksumEqual ? "equal" : "different")}")]);
}
