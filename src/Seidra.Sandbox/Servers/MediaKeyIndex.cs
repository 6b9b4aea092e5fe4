using System.Collections.Concurrent;

namespace Seidra.Sandbox.Servers;

/// <summary>
/// Finds the object behind a name of Classic's gallery, which asks by file name alone: the media row that ends in it says
/// where it lies.
/// </summary>
internal sealed class MediaKeyIndex(SqlStore store)
{
    // What Classic's installations write before the key, by how they were set up.
    private static readonly string[] Prefixes = ["/app/uploads/", "/data/media/", "uploads/"];

    private readonly ConcurrentDictionary<string, string> known = new(StringComparer.Ordinal);

    /// <summary>The object's key, or null where no row names it.</summary>
    public async Task<string?> FindAsync(string name)
    {
        if (known.TryGetValue(name, out var key))
            return key;
        var rows = await store.QueryAsync("SELECT file_path FROM media WHERE file_path LIKE '%/' || @name LIMIT 1", ("name", name));
        if (rows.Count == 0 || rows[0][0] is not string path)
            return null;
        var written = Array.Find(Prefixes, prefix => path.StartsWith(prefix, StringComparison.Ordinal)) ?? "";
        return known[name] = path[written.Length..];
    }
}
