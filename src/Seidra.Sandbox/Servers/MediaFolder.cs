namespace Seidra.Sandbox.Servers;

/// <summary>Media files below a folder, reached by names that cannot leave it.</summary>
internal sealed class MediaFolder(string root)
{
    private readonly string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>The file of that name, or null where there is none.</summary>
    public Stream? Open(string name)
    {
        var path = Path.GetFullPath(Path.Combine(root, name));
        return path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)
            : null;
    }
}
