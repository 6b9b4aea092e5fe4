namespace Cake.Frosting.Internal;

/// <summary>A process of this machine.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Parent">The id of the process that started it.</param>
/// <param name="Session">Its session; 0 where the system has none.</param>
/// <param name="Started">When it started, in the system's own unit: tells it from a later process with the same id.</param>
internal sealed record ProcessEntry(int Id, int Parent, int Session, long Started);
