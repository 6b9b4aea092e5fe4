namespace Seidra.Database;

/// <summary>What a comparison of one table on two sides found.</summary>
/// <param name="Name">Name of the table.</param>
/// <param name="SourceRows">Rows on the side that was there first.</param>
/// <param name="MigratedRows">Rows on the side that was made from it.</param>
/// <param name="QuarantinedRows">Rows kept aside with a reason.</param>
/// <param name="ChecksumEqual">Whether the checksums of both sides are equal.</param>
public sealed record TableCheck(string Name, long SourceRows, long MigratedRows, long QuarantinedRows, bool ChecksumEqual);
