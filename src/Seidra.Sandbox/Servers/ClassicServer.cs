using Seidra.Sandbox.World;

namespace Seidra.Sandbox.Servers;

/// <summary>The process that stands in for Classic's backend; it dies with the world that started it.</summary>
internal static class ClassicServer
{
    /// <summary>Serves until asked to end.</summary>
    public static async Task RunAsync()
    {
        EndSignal.EndWithParent();
        await using var store = SqlStore.Open(ProductHost.Variable("SEIDRA_DATABASE_URL"));
        // Cut, not parsed: a folder's name may hold what a URI would read otherwise.
        var media = ProductHost.Variable("SEIDRA_MEDIA_URL").Split("://", 2);
        using var bucket = media[0] == "s3" ? OpenBucket(media[1]) : null;
        var folder = new MediaFolder(media[^1]);
        var product = new ClassicProduct(store, (name, cancellation) => bucket?.OpenAsync(name, cancellation) ?? Task.FromResult(folder.Open(name)));
        await ProductHost.ServeAsync(product, store, ProductHost.Variable("JWT_SECRET"), ProductHost.Port(ProductHost.Variable("SEIDRA_PORT")));
    }

    private static MediaBucket OpenBucket(string name) => new(
        name,
        new Uri(ProductHost.Variable("SEIDRA_MINIO_ENDPOINT")),
        ProductHost.Variable("SEIDRA_MINIO_ACCESS_KEY"),
        ProductHost.Variable("SEIDRA_MINIO_SECRET_KEY"));
}
