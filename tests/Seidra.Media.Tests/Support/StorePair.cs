namespace Seidra.Media.Tests.Support;

/// <summary>A source and a target of the kinds that a test asks for, on real servers and directories.</summary>
internal sealed class StorePair : IAsyncDisposable
{
    private readonly TempFolder folder = new();

    private StorePair(string source, string target)
    {
        SourceUrl = Url(source, "source");
        TargetUrl = Url(target, "target");
        Source = ObjectStores.Open(TestS3.Server with { Url = SourceUrl });
        Target = ObjectStores.Open(TestS3.Server with { Url = TargetUrl });
    }

    public string SourceUrl { get; }

    public string TargetUrl { get; }

    public IObjectStore Source { get; }

    public IObjectStore Target { get; }

    public string Manifest => folder.At("manifests", "media.jsonl");

    public MediaSyncOptions Options => new() { ManifestPath = Manifest, Parallelism = 8 };

    /// <param name="kinds">"file to file", "file to s3", "s3 to file" or "s3 to s3".</param>
    public static async Task<StorePair> OpenAsync(string kinds)
    {
        var pair = new StorePair(kinds.Split(' ')[0], kinds.Split(' ')[2]);
        await pair.Source.EnsureReadyAsync();
        return pair;
    }

    public string SourceFile(string key) => folder.At("source", key);

    public string TargetFile(string key) => folder.At("target", key);

    public string At(string name) => folder.At(name);

    public Task<MediaSyncResult> SyncAsync(Func<MediaSyncOptions, MediaSyncOptions>? change = null) =>
        MediaSync.RunAsync(Source, Target, change is null ? Options : change(Options));

    public async Task AssertEqualAsync() =>
        Assert.That(await Target.ContentsAsync(), Is.EqualTo(await Source.ContentsAsync()), "both sides hold the same");

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Target.DisposeAsync();
        folder.Dispose();
    }

    private string Url(string kind, string name) => kind == "s3" ? $"s3://{TestS3.NewBucketName()}" : folder.Url(name);
}
