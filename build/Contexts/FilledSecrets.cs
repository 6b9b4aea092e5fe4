namespace Seidra.Cutover.Contexts;

/// <summary>What filling a stack's environment came to; names are counted, values never shown.</summary>
/// <param name="Names">Names in the store.</param>
/// <param name="Generated">Values made anew.</param>
/// <param name="Kept">Values that were there, or come from the settings.</param>
public sealed record FilledSecrets(int Names, int Generated, int Kept);
