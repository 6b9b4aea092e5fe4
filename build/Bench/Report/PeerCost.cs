namespace Seidra.Cutover.Bench;

/// <summary>What the peer of a row cost.</summary>
/// <param name="Name">The peer's name and version.</param>
/// <param name="Command">Its command line; it holds no secret.</param>
/// <param name="Cost">The medians.</param>
internal sealed record PeerCost(string Name, string Command, Cost Cost);
