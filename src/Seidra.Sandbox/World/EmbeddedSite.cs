using Seidra.Sandbox.Data;
using Seidra.Sandbox.Repository;

namespace Seidra.Sandbox.World;

/// <summary>The profile that needs nothing but this program: SQLite files and folders.</summary>
internal sealed class EmbeddedSite(WorldLayout layout) : ISiteBuilder
{
    private const string DatabaseName = "seidra.db";

    /// <inheritdoc />
    public async Task<Site> EnsureAsync(WorldMaking making, CancellationToken cancellation)
    {
        var database = Path.Combine(layout.Classic, "database");
        var media = Path.Combine(layout.Classic, "media");
        var commit = UltimateRepository.CreateAsync(layout.Repository, cancellation);
        await Task.WhenAll(
            commit,
            FreshFolder.EnsureAsync(database, folder =>
                Task.Run(() => ClassicData.CreateSqlite(Path.Combine(folder, DatabaseName), making.Rows, making.Seed, objects: making.Objects), cancellation)),
            FreshFolder.EnsureAsync(media, folder => Task.Run(() => ClassicData.CreateMedia(folder, making.Objects, making.Seed), cancellation)));
        var classic = new SiteDatabase($"sqlite://{Path.Combine(database, DatabaseName)}");
        return new Site(
            classic,
            new SiteMedia($"file://{media}"),
            new SiteDatabase($"sqlite://{Path.Combine(layout.UltimateData, DatabaseName)}"),
            UltimateBucket: null,
            layout.Repository,
            await commit,
            await ProbeUsers.FindAsync(classic));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
