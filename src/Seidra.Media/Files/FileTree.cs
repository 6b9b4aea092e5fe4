using System.IO.Enumeration;

namespace Seidra.Media;

/// <summary>Walks a directory in the order of its keys, one folder in memory at a time.</summary>
internal static class FileTree
{
    /// <summary>Lists the files below <paramref name="root"/> whose keys begin with <paramref name="prefix"/>.</summary>
    /// <exception cref="MediaException">A symbolic link or a name that is no UTF-8: neither can be copied faithfully.</exception>
    public static IEnumerable<StoredObject> List(string root, string prefix) => List(root, "", prefix);

    private static IEnumerable<StoredObject> List(string folder, string keyOfFolder, string prefix)
    {
        foreach (var entry in Sorted(folder, keyOfFolder))
        {
            if (entry.IsFolder)
            {
                var below = entry.Key;
                if (below.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(below, StringComparison.Ordinal))
                {
                    foreach (var stored in List(Path.Combine(folder, entry.Name), below, prefix))
                    {
                        yield return stored;
                    }
                }
            }
            else if (entry.Key.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return new StoredObject(entry.Key, entry.SizeBytes, FileMark.Of(entry.ModifiedAt, entry.SizeBytes), entry.ModifiedAt);
            }
        }
    }

    private static List<Entry> Sorted(string folder, string keyOfFolder)
    {
        var entries = new List<Entry>();
        foreach (var entry in new FileSystemEnumerable<Entry>(
            folder,
            (ref file) => Describe(ref file, keyOfFolder),
            new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false }))
        {
            if (keyOfFolder.Length > 0 || entry.Name != FileKeys.Private)
            {
                entries.Add(entry.Problem is null ? entry : throw new MediaException(entry.Problem));
            }
        }

        // A folder sorts by its name with the slash: 'a-1' comes before 'a/b', because '-' is less than '/'.
        entries.Sort((x, y) => KeyOrder.Instance.Compare(x.Key, y.Key));
        return entries;
    }

    private static Entry Describe(ref FileSystemEntry file, string keyOfFolder)
    {
        var name = file.FileName.ToString();
        var problem = (file.Attributes & FileAttributes.ReparsePoint) != 0
            ? $"{file.ToFullPath()} is a symbolic link; links are not followed. Put the file itself there, or remove the link."
            : name.Contains('\uFFFD')
                ? $"{file.ToFullPath()} has a name that is not UTF-8; rename it."
                : null;
        return problem is not null
            ? new Entry(name, "", false, 0, default, problem)
            : file.IsDirectory
                ? new Entry(name, keyOfFolder + name + "/", true, 0, default, null)
                : new Entry(name, keyOfFolder + name, false, file.Length, file.LastWriteTimeUtc, null);
    }

    private readonly record struct Entry(
        string Name, string Key, bool IsFolder, long SizeBytes, DateTimeOffset ModifiedAt, string? Problem);
}
