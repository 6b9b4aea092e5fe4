namespace Seidra.Media;

/// <summary>Says in the library's words what a file system refused.</summary>
internal static class FileErrors
{
    private const int NoSpaceLinux = 28;
    private const int QuotaLinux = 122;
    private const int DiskFullWindows = 0x70;

    public static bool IsForeign(Exception error) => error is IOException or UnauthorizedAccessException or NotSupportedException;

    public static MediaException OnRead(string key, string root, Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException =>
            new MediaObjectException(key, ObjectFailure.Vanished, $"{key} is not in {root}.", error),
        _ => new MediaObjectException(key, ObjectFailure.Refused, $"{key} in {root}: {error.Message}", error),
    };

    public static MediaException OnWrite(string key, string root, string path, Exception error) => error switch
    {
        IOException { HResult: var code } when (code & 0xFFFF) is NoSpaceLinux or QuotaLinux or DiskFullWindows =>
            new MediaException(
                $"No space left in {root}, found when writing {key}. Free space there and run the same command again; "
                + "it goes on where it stopped.",
                error),
        // S3 knows no folders: 'a' and 'a/b' can both be objects there, but not both files here.
        _ when Directory.Exists(path) || PartIsFile(root, Path.GetDirectoryName(path)!) =>
            new MediaObjectException(
                key, ObjectFailure.UnusableKey, $"A directory cannot hold the key '{key}': a part of it is a file as well as a folder.", error),
        _ => new MediaObjectException(key, ObjectFailure.Refused, $"{key} cannot be written to {root}: {error.Message}", error),
    };

    private static bool PartIsFile(string root, string folder)
    {
        while (folder.Length > root.Length && !Directory.Exists(folder))
        {
            if (File.Exists(folder))
            {
                return true;
            }

            folder = Path.GetDirectoryName(folder)!;
        }

        return false;
    }
}
