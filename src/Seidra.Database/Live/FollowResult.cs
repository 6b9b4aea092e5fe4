namespace Seidra.Database;

/// <summary>What was followed.</summary>
/// <param name="Rounds">How often.</param>
/// <param name="Keys">Rows that were looked at: changed in Classic, or depending on one that did.</param>
/// <param name="Written">Rows written into Ultimate.</param>
/// <param name="Removed">Rows removed from Ultimate.</param>
/// <param name="Verified">Rows read back from Ultimate and found equal, or gone as they should be.</param>
/// <param name="Lag">How long the oldest change of the last round had waited; zero where there was none.</param>
public sealed record FollowResult(int Rounds, long Keys, long Written, long Removed, long Verified, TimeSpan Lag)
{
    /// <summary>Nothing followed.</summary>
    public static FollowResult None { get; } = new(0, 0, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Rows of Ultimate that were changed.</summary>
    public long Rows => Written + Removed;

    /// <summary>One after the other.</summary>
    public static FollowResult operator +(FollowResult first, FollowResult second) => new(
        first.Rounds + second.Rounds, first.Keys + second.Keys, first.Written + second.Written, first.Removed + second.Removed,
        first.Verified + second.Verified, second.Lag);

    internal static FollowResult Of(FollowRound round) => new(
        1, round.Keys, round.Tables.Sum(table => table.Upserted), round.Tables.Sum(table => table.Removed), round.VerifiedRows, round.Lag);
}
