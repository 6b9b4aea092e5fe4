namespace Cake.Frosting.Tests.Support;

/// <summary>A folder that goes with the test. Its name has a space, as folders of people do.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cake frosting ").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
