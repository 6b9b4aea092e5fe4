namespace Seidra.Cutover.Movement;

/// <summary>What the health gate compared.</summary>
/// <param name="Checks">Everything that answered as it should.</param>
/// <param name="Successes">Good answers of <c>/api/health</c> in a row.</param>
/// <param name="DatabaseRows">Rows that Ultimate's database holds.</param>
/// <param name="MediaFiles">Media files fetched through Ultimate.</param>
public sealed record HealthFigures(long Checks, int Successes, long DatabaseRows, int MediaFiles);
