using System.Security.Cryptography;

namespace Seidra.Database;

/// <summary>Hashes the files of a backup and compares them with its manifest.</summary>
internal static class BackupFiles
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Every file below a folder except the manifest, hashed, sorted by name.</summary>
    public static async Task<IReadOnlyList<BackupFile>> HashAllAsync(string folder, CancellationToken cancel)
    {
        var files = new List<BackupFile>();
        foreach (var name in Names(folder))
            files.Add(await HashAsync(folder, name, cancel));
        return files;
    }

    /// <summary>Packs every file below a folder and removes the unpacked one as soon as that is done.</summary>
    /// <returns>Bytes of content.</returns>
    public static async Task<long> PackAllAsync(string folder, CancellationToken cancel)
    {
        var content = 0L;
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            content += await ZstdFile.PackAsync(path, path + ZstdFile.Extension, cancel);
            File.Delete(path);
        }

        return content;
    }

    /// <summary>Unpacks every packed file of a folder into another folder, which is made.</summary>
    public static async Task UnpackAllAsync(string folder, string into, CancellationToken cancel)
    {
        Directory.CreateDirectory(into);
        foreach (var path in Directory.GetFiles(folder, "*" + ZstdFile.Extension))
            await ZstdFile.UnpackAsync(path, Path.Combine(into, Path.GetFileNameWithoutExtension(path)), cancel);
    }

    /// <summary>Hashes again and names every file that is missing, changed or additional.</summary>
    public static async Task<IReadOnlyList<string>> CompareAsync(string folder, BackupManifest manifest, CancellationToken cancel)
    {
        var problems = new List<string>();
        var present = Names(folder).ToHashSet(StringComparer.Ordinal);
        foreach (var expected in manifest.Files)
        {
            if (!present.Remove(expected.Name))
            {
                problems.Add($"{expected.Name} is missing.");
                continue;
            }

            var found = await HashAsync(folder, expected.Name, cancel);
            if (found.SizeBytes != expected.SizeBytes)
                problems.Add($"{expected.Name} was changed: expected {expected.SizeBytes} bytes, found {found.SizeBytes}.");
            else if (found.Sha256 != expected.Sha256)
                problems.Add($"{expected.Name} was changed: its SHA-256 differs from the manifest's.");
        }

        problems.AddRange(present.Order(StringComparer.Ordinal).Select(name => $"{name} does not belong to the backup."));
        return problems;
    }

    private static IEnumerable<string> Names(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
        .Where(name => name is not BackupManifest.FileName and not BackupFolder.OwnerFile)
        .Order(StringComparer.Ordinal);

    private static async Task<BackupFile> HashAsync(string folder, string name, CancellationToken cancel)
    {
        await using var stream = new FileStream(Path.Combine(folder, name), FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.Asynchronous | FileOptions.SequentialScan);
        var length = stream.Length;
        return new BackupFile(name, length, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel)));
    }
}
