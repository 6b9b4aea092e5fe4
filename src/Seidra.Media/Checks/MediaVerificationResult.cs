namespace Seidra.Media;

/// <summary>What a verification of a store against its manifest found.</summary>
/// <param name="Objects">Objects in the manifest. Zero proves nothing; the caller decides.</param>
/// <param name="Bytes">Their bytes by the manifest.</param>
/// <param name="Verified">Objects that are as the manifest says.</param>
/// <param name="DifferentCount">Objects that are missing or differ.</param>
/// <param name="Differences">The first of them, one line each: the target's key and what differs.</param>
public sealed record MediaVerificationResult(
    long Objects, long Bytes, long Verified, long DifferentCount, IReadOnlyList<string> Differences);
