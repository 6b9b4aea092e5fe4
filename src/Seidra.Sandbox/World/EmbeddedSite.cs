using Seidra.Sandbox.Probe;

namespace Seidra.Sandbox.World;

/// <summary>The profile that needs nothing but this program: SQLite files and folders.</summary>
internal sealed class EmbeddedSite(WorldLayout layout) : ISiteBuilder
{
    /// <inheritdoc />
    public async Task<Site> EnsureAsync(WorldMaking making, CancellationToken cancellation)
    {
        var database = Path.Combine(layout.Classic, "database");
        var media = Path.Combine(layout.Classic, "media");
        await FreshFolder.EnsureAsync(database, folder => Task.Run(() => StubData.Create(Path.Combine(folder, "seidra.db"), making.Rows), cancellation));
        await FreshFolder.EnsureAsync(media, folder => File.WriteAllTextAsync(Path.Combine(folder, "generated_1_0.png"), "png", cancellation));
        return new Site(
            new SiteDatabase($"sqlite://{Path.Combine(database, "seidra.db")}"),
            new SiteMedia($"file://{media}"),
            new SiteDatabase($"sqlite://{Path.Combine(layout.UltimateData, "seidra.db")}"),
            UltimateBucket: null,
            layout.Repository,
            "0000000000000000000000000000000000000000",
            "probe",
            new ProbeReads("probe", "generated_1_0.png"));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
