namespace Seidra.Database;

/// <summary>
/// Rows whose key lies behind <paramref name="After"/> and not behind <paramref name="UpTo"/>, in the order of the engine's own
/// index; all rows of equal keys lie in one range. A bound is the key as the ledger can keep it.
/// </summary>
/// <param name="After">Exclusive; null from the beginning, NULL keys included.</param>
/// <param name="UpTo">Inclusive; null to the end.</param>
internal sealed record KeyRange(string? After, string? UpTo)
{
    /// <summary>The whole table.</summary>
    public static KeyRange All { get; } = new(null, null);
}
