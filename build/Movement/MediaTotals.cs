using Seidra.Media;

namespace Seidra.Cutover.Movement;

/// <summary>The sum of one media pass over all of Ultimate's places.</summary>
/// <param name="Objects">Objects in Classic's store.</param>
/// <param name="Bytes">Their size in bytes.</param>
/// <param name="Copied">Copies made in this pass, all places together.</param>
/// <param name="Verified">Objects whose far side was proven, all places together.</param>
/// <param name="Places">How many places were filled.</param>
public sealed record MediaTotals(long Objects, long Bytes, long Copied, long Verified, int Places)
{
    /// <summary>Adds up the results of one pass.</summary>
    public static MediaTotals Of(IReadOnlyList<MediaSyncResult> results) => new(
        results[0].Objects, results[0].Bytes, results.Sum(result => result.Copied), results.Sum(result => result.Verified), results.Count);
}
