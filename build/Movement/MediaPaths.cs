using Seidra.Media;

namespace Seidra.Cutover.Movement;

/// <summary>Rewrites a row's media path to where the file lies in Ultimate: flat in its directory, or by key in its bucket.</summary>
public sealed class MediaPaths(MediaKeys keys, FlatNames names, string? directory)
{
    /// <summary>Changes when the same row path would be rewritten to another place.</summary>
    public string Version => directory ?? "bucket";

    /// <summary>The path that Ultimate opens for Classic's <paramref name="rowPath"/>.</summary>
    public string? Rewrite(string rowPath)
    {
        var key = keys.KeyOf(rowPath);
        return directory is null ? key : Path.Combine(directory, names.NameFor(key));
    }

    /// <summary>
    /// The key in Classic's store of the file at Ultimate's <paramref name="path"/>; a file that was made in Ultimate keeps its
    /// own name.
    /// </summary>
    public string Restore(string path)
    {
        var name = Path.GetFileName(path);
        return directory is null ? path : names.TryGetKey(name, out var key) ? key : name;
    }

    /// <summary>The name under which Ultimate's directory holds an object.</summary>
    public string NameFor(string key) => names.NameFor(key);

    /// <summary>Puts the names given so far on disk.</summary>
    public void Flush() => names.Flush();
}
