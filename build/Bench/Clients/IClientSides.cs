namespace Seidra.Cutover.Bench;

/// <summary>Opens connections of clients to both sides, and tells which side takes writes.</summary>
internal interface IClientSides
{
    /// <summary>Whether clients have been sent to Ultimate.</summary>
    bool OnUltimate { get; }

    /// <summary>A connection to Classic.</summary>
    IWriteClient OpenClassic();

    /// <summary>A connection to Ultimate.</summary>
    IWriteClient OpenUltimate();
}
