namespace Seidra.Database;

/// <summary>What a database says about the capture of its changes.</summary>
/// <param name="Kind">How changes are noted; null where nothing is installed.</param>
/// <param name="Epoch">The bulk copy that the capture belongs to; null where nothing is installed.</param>
/// <param name="Waiting">What is not yet let go of: rows of the log, or bytes of WAL that the slot keeps on the server's disk.</param>
/// <param name="IsLost">Whether changes may have passed unseen, so that the bulk copy must start again.</param>
/// <param name="Warnings">What somebody should do something about, each with the statement to run.</param>
public sealed record CaptureState(CaptureKind? Kind, string? Epoch, long Waiting, bool IsLost, IReadOnlyList<string> Warnings);
