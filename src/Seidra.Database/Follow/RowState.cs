namespace Seidra.Database;

/// <summary>Where a row of Classic stands.</summary>
/// <param name="Placement">In Ultimate, in quarantine, or nowhere.</param>
/// <param name="Id">Its key in Ultimate where it is placed.</param>
internal readonly record struct RowState(Placement Placement, KeyId Id)
{
    public static RowState At(KeyId id) => new(Placement.Placed, id);

    public static RowState Not(bool aside) => new(aside ? Placement.Aside : Placement.Unknown, default);
}
