namespace Seidra.Reporting;

/// <summary>One table of the last comparison of rows.</summary>
/// <param name="Name">The table in Ultimate.</param>
/// <param name="SourceRows">Rows in Classic.</param>
/// <param name="MigratedRows">Of them in Ultimate.</param>
/// <param name="QuarantinedRows">Of them in quarantine, each with its reason.</param>
/// <param name="ChecksumEqual">Whether the checksums over all rows of both sides are equal.</param>
public sealed record TableFigures(string Name, long SourceRows, long MigratedRows, long QuarantinedRows, bool ChecksumEqual);
