namespace Seidra.Database;

/// <summary>What Classic's database says of its freeze.</summary>
/// <param name="IsFinal">Writes are refused for good.</param>
/// <param name="Until">Writes are refused until then; <c>null</c> where they are not, or for good.</param>
public sealed record FreezeState(bool IsFinal, DateTimeOffset? Until)
{
    /// <summary>No freeze was committed, or it was lifted.</summary>
    public static FreezeState None { get; } = new(false, null);
}
