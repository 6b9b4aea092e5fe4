using System.Diagnostics;
using Seidra.Sandbox.Data;
using Seidra.Sandbox.Machines;
using Seidra.Sandbox.Repository;
using Seidra.Sandbox.Servers;

namespace Seidra.Sandbox.World;

/// <summary>The profile on real servers: a PostgreSQL for each product, and one S3 server where each has its own keys and bucket.</summary>
internal sealed class ServicesSite(WorldLayout layout, Action<string> log) : ISiteBuilder
{
    private const string Database = "seidra";
    private const string ClassicBucket = "seidra-media";
    private const string UltimateBucket = "seidra-media-ultimate";

    private readonly Lock sync = new();
    private readonly List<IAsyncDisposable> servers = [];

    /// <inheritdoc />
    public async Task<Site> EnsureAsync(WorldMaking making, CancellationToken cancellation)
    {
        var objects = Path.Combine(layout.Classic, "media");
        var s3 = StartS3Async(objects, making, cancellation);
        var classic = StartClassicAsync(making, cancellation);
        var ultimate = StartPostgresAsync("postgres-ultimate", cancellation);
        var commit = UltimateRepository.CreateAsync(layout.Repository, cancellation);
        await Task.WhenAll(s3, classic, ultimate, commit);
        return new Site(
            await classic,
            (await s3).Classic,
            await ultimate,
            (await s3).Ultimate,
            layout.Repository,
            await commit,
            await ProbeUsers.FindAsync(await classic));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await Task.WhenAll(servers.Select(server => server.DisposeAsync().AsTask()));

    private async Task<SiteDatabase> StartPostgresAsync(string name, CancellationToken cancellation)
    {
        var server = Keep(await LocalPostgres.StartAsync(Path.Combine(layout.Servers, name), log: log, ct: cancellation));
        await server.CreateDatabaseAsync(Database, cancellation);
        return new SiteDatabase(server.Url(Database), server.PasswordFile);
    }

    private async Task<SiteDatabase> StartClassicAsync(WorldMaking making, CancellationToken cancellation)
    {
        var database = await StartPostgresAsync("postgres-classic", cancellation);
        await using var store = SqlStore.Open(database.Secret);
        // The data comes in one transaction: the first table is there when all is.
        if ((await store.QueryAsync("SELECT to_regclass('users')::text"))[0][0] is null)
        {
            var connection = PostgresStore.ConnectionString(new Uri(database.Secret));
            await ClassicData.CreatePostgresAsync(connection, making.Rows, making.Seed, objects: making.Objects, ct: cancellation);
        }

        return database;
    }

    private async Task<(SiteMedia Classic, SiteMedia Ultimate)> StartS3Async(string objects, WorldMaking making, CancellationToken cancellation)
    {
        var made = FreshFolder.EnsureAsync(objects, folder => Task.Run(() => ClassicData.CreateMedia(folder, making.Objects, making.Seed), cancellation));
        var server = Keep(await LocalS3.StartAsync(Path.Combine(layout.Servers, "s3"), log, cancellation));
        var ultimate = MakeUltimateBucketAsync(server, cancellation);
        await Task.WhenAll(ultimate, UploadAsync(made, objects, server, making.Objects, cancellation));
        var user = await ultimate;
        return (
            new SiteMedia($"s3://{ClassicBucket}", server.Endpoint, server.Region, server.AccessKeyFile, server.SecretKeyFile),
            new SiteMedia($"s3://{UltimateBucket}", user.Endpoint, user.Region, user.AccessKeyFile, user.SecretKeyFile));
    }

    // As in production: each product has keys of its own, and neither opens the other's bucket.
    private static async Task<S3User> MakeUltimateBucketAsync(LocalS3 server, CancellationToken cancellation)
    {
        var user = await server.CreateUserAsync("ultimate", cancellation);
        await user.CreateBucketAsync(UltimateBucket, cancellation);
        return user;
    }

    private async Task UploadAsync(Task made, string objects, LocalS3 server, int count, CancellationToken cancellation)
    {
        await made;
        var uploaded = Path.Combine(layout.Classic, "media.uploaded");
        if (File.Exists(uploaded))
            return;
        var watch = Stopwatch.StartNew();
        await ClassicData.UploadMediaAsync(objects, server, ClassicBucket, count, ct: cancellation);
        AtomicFile.Write(uploaded, "");
        log($"{count} objects uploaded to {ClassicBucket} in {watch.ElapsedMilliseconds} ms");
    }

    private T Keep<T>(T server)
        where T : IAsyncDisposable
    {
        lock (sync)
            servers.Add(server);
        return server;
    }
}
