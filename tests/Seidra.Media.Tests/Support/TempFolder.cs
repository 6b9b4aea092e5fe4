namespace Seidra.Media.Tests.Support;

/// <summary>A folder of its own for one test.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("seidra-media-").FullName;

    public string At(params string[] parts) => Path.Combine([Root, .. parts]);

    public string Url(string name) => new Uri(At(name)).AbsoluteUri;

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
