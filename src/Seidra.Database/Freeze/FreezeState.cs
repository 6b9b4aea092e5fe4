namespace Seidra.Database;

/// <summary>Whether Classic refuses writes by a committed freeze.</summary>
public enum FreezeKind
{
    /// <summary>No freeze, or one whose deadline has passed.</summary>
    None,

    /// <summary>Writes are refused until a time.</summary>
    Until,

    /// <summary>Writes are refused for good: traffic has moved to Ultimate.</summary>
    Final,
}

/// <summary>What Classic's database says about its freeze.</summary>
/// <param name="Kind">Whether there is one.</param>
/// <param name="Until">When it ends by itself, by the database's clock; null unless <see cref="FreezeKind.Until"/>.</param>
public sealed record FreezeState(FreezeKind Kind, DateTimeOffset? Until);
