namespace Seidra.Database;

/// <summary>
/// The folder that a backup grows in, beside its final place and under another name, so that nothing half made is ever
/// found where a backup is expected. What a killed attempt left is removed by the next one.
/// </summary>
internal sealed class BackupFolder : IDisposable
{
    private const string PartialMark = ".partial-";
    private const string ReplacedMark = ".replaced-";
    /// <summary>Lock file of the attempt; never part of a backup.</summary>
    internal const string OwnerFile = ".owner";


    private readonly FileStream _owner;

    private BackupFolder(string final, string path, FileStream owner)
    {
        Final = final;
        Path = path;
        _owner = owner;
    }

    /// <summary>Absolute path of the place where the backup will be found.</summary>
    public string Final { get; }

    /// <summary>Absolute path of the growing folder, 0700.</summary>
    public string Path { get; }

    /// <summary>Clears what killed attempts left and starts a new folder.</summary>
    /// <param name="directory">Final place of the backup.</param>
    /// <param name="log">Told what is removed.</param>
    /// <exception cref="DatabaseException">The final place holds something that is no backup.</exception>
    public static BackupFolder Begin(string directory, Action<string>? log)
    {
        var final = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(directory));
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(final)!);
        Recover(final, log);
        if (Directory.Exists(final) && Directory.EnumerateFileSystemEntries(final).Any()
            && !File.Exists(System.IO.Path.Combine(final, BackupManifest.FileName)))
        {
            throw new DatabaseException($"Expected {final} to be free or to hold an earlier backup, found other files. Choose another backup.directory.");
        }

        var path = final + PartialMark + Guid.NewGuid().ToString("n")[..8];
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // Held open without sharing (a lock that dies with this process): tells a living attempt from a killed one.
        var owner = new FileStream(System.IO.Path.Combine(path, OwnerFile), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        return new BackupFolder(final, path, owner);
    }

    /// <summary>Brings everything to disk and moves the folder to its final place; an earlier backup there is replaced.</summary>
    public void Publish()
    {
        _owner.Dispose();
        File.Delete(_owner.Name);
        Durable.FlushTree(Path);
        var replaced = Final + ReplacedMark + Guid.NewGuid().ToString("n")[..8];
        var parent = System.IO.Path.GetDirectoryName(Final)!;
        if (Directory.Exists(Final))
            Directory.Move(Final, replaced);
        Directory.Move(Path, Final);
        Durable.FlushFolder(parent);
        if (Directory.Exists(replaced))
            Directory.Delete(replaced, recursive: true);
    }

    /// <summary>Removes the folder unless it was published.</summary>
    public void Dispose()
    {
        _owner.Dispose();
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    private static void Recover(string final, Action<string>? log)
    {
        var parent = System.IO.Path.GetDirectoryName(final)!;
        var name = System.IO.Path.GetFileName(final);
        foreach (var replaced in Directory.EnumerateDirectories(parent, name + ReplacedMark + "*"))
        {
            // Killed between the two renames: the earlier backup is still the one that counts.
            if (Directory.Exists(final))
                Directory.Delete(replaced, recursive: true);
            else
                Directory.Move(replaced, final);
        }

        foreach (var leftover in Directory.EnumerateDirectories(parent, name + PartialMark + "*"))
        {
            if (IsAlive(leftover))
                throw new DatabaseException($"Another backup into {final} is under way (it holds {leftover}). Wait for it to end.");
            log?.Invoke($"Removing what a killed backup left: {leftover}");
            // Renamed first: a pg_dump that outlived its killed parent then finds no folder to write into and ends.
            var removed = final + PartialMark + Guid.NewGuid().ToString("n")[..8];
            Directory.Move(leftover, removed);
            Directory.Delete(removed, recursive: true);
        }
    }

    private static bool IsAlive(string leftover)
    {
        try
        {
            using var owner = new FileStream(System.IO.Path.Combine(leftover, OwnerFile), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
