namespace Seidra.Reporting;

/// <summary>The media of the last pass.</summary>
/// <param name="Objects">Objects in Classic's store.</param>
/// <param name="Bytes">Their size in bytes.</param>
/// <param name="Copied">Copies made, all places together.</param>
/// <param name="Verified">Copies proven, all places together.</param>
/// <param name="Missing">Rows whose object is missing.</param>
/// <param name="Orphaned">Objects that no row names.</param>
public sealed record MediaFigures(long Objects, long Bytes, long Copied, long Verified, long Missing, long Orphaned);
