namespace Seidra.Sandbox.World;

/// <summary>Makes a profile's data where it is missing, and runs the servers that hold it.</summary>
internal interface ISiteBuilder : IAsyncDisposable
{
    /// <summary>Leaves the site complete and served. A start that was cut goes on here with what is whole.</summary>
    Task<Site> EnsureAsync(WorldMaking making, CancellationToken cancellation);
}
