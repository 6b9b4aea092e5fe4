namespace Seidra.Journal;

/// <summary>The folder that holds journal and lock: private to its owner whatever the umask.</summary>
internal static class StateFolder
{
    public const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode PrivateDirectory = PrivateFile | UnixFileMode.UserExecute;

    /// <summary>Creates the folder where it is missing and makes it private.</summary>
    public static string Prepare(string stateDirectory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(stateDirectory);
        if (OperatingSystem.IsWindows())
            throw new JournalException("Expected Linux or macOS (file modes and locks), found Windows. Next: run inside WSL.");
        var path = Path.GetFullPath(stateDirectory);
        try
        {
            if (File.Exists(path))
                throw new JournalException($"Expected a folder for the state at {path}, found a file. Next: name another one with --state=DIR.");
            if (!Directory.Exists(path))
                Create(path);
            else
                RefuseShared(path);
            // The mode given at creation is cut by the umask, and an existing folder may be open to all.
            File.SetUnixFileMode(path, PrivateDirectory);
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, "be created and made private (0700)", error);
        }
    }

    /// <summary>Opens a file of the state folder for reading and writing, created private (0600) where missing.</summary>
    public static FileStream OpenFile(string path)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException();
        var created = !File.Exists(path);
        var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite,
            BufferSize = 0,
            UnixCreateMode = PrivateFile,
        });
        File.SetUnixFileMode(stream.SafeFileHandle, PrivateFile);
        if (created)
            Native.FlushDirectory(Path.GetDirectoryName(path)!);
        return stream;
    }

    /// <summary>Opens a file for reading beside a writer; null only where it does not exist, not where it cannot be seen.</summary>
    public static FileStream? OpenForReading(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public static JournalException Unusable(string path, string purpose, Exception error) =>
        new($"Expected {path} to {purpose}, found: {error.Message}. Next: correct its rights or the space on its disk, or name "
            + "another folder with --state=DIR.", error);

    private static void Create(string path)
    {
        Directory.CreateDirectory(path);
        if (Path.GetDirectoryName(path) is { } parent)
            Native.FlushDirectory(parent);
    }

    private static void RefuseShared(string path)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var holdsHome = home.Length > 0 && IsSameOrAbove(path, home);
        if (holdsHome || (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path).HasFlag(UnixFileMode.StickyBit)))
            throw new JournalException($"Expected a folder for the state alone, found {path}, which others use and which would become "
                + "private (0700). Next: name a folder inside it with --state=DIR.");
    }

    private static bool IsSameOrAbove(string folder, string path) =>
        Path.TrimEndingDirectorySeparator(path) is var inner
        && (inner == Path.TrimEndingDirectorySeparator(folder)
            || inner.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            || folder == Path.GetPathRoot(inner));
}
