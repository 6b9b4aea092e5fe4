using System.Globalization;

namespace Seidra.Database;

/// <summary>Asks before a backup or a drill whether it fits, so that it does not fail after hours.</summary>
internal static class FreeSpace
{
    /// <summary>Room beyond the data itself for the manifest, the file system and other writers.</summary>
    private const long MarginBytes = 64L << 20;

    /// <summary>Bytes that this user may still write where a folder is or will be.</summary>
    public static long Of(string directory)
    {
        var existing = Path.GetFullPath(directory);
        while (!Directory.Exists(existing))
            existing = Path.GetDirectoryName(existing)!;
        return new DriveInfo(existing).AvailableFreeSpace;
    }

    /// <summary>Throws unless there is room for a backup and a margin.</summary>
    /// <param name="bytes">Most of what will lie there at once; a dump has no indexes and is smaller.</param>
    /// <param name="directory">Where the backup goes.</param>
    /// <param name="freeBytes">Measures the free space.</param>
    /// <exception cref="DatabaseException">Names the bytes needed and the bytes free.</exception>
    public static void Require(long bytes, string directory, Func<string, long> freeBytes) =>
        Require(bytes, directory, freeBytes, "The backup", "Free space there or set backup.directory to another disk.");

    /// <summary>Throws unless there is room for what a restore drill puts there, and a margin.</summary>
    /// <param name="bytes">Bytes that will lie there at once.</param>
    /// <param name="directory">Where they go.</param>
    /// <param name="freeBytes">Measures the free space.</param>
    /// <param name="setting">What moves the drill elsewhere, for the message.</param>
    /// <exception cref="DatabaseException">Names the bytes needed and the bytes free.</exception>
    public static void RequireForDrill(long bytes, string directory, Func<string, long> freeBytes, string setting) =>
        Require(bytes, directory, freeBytes, "The restore drill", $"Free space there or set {setting} to another place.");

    private static void Require(long bytes, string directory, Func<string, long> freeBytes, string who, string remedy)
    {
        var need = bytes + MarginBytes;
        var have = freeBytes(directory);
        if (have < need)
        {
            throw new DatabaseException(
                $"{who} needs {Megabytes(need)} MB free at {directory}, found {Megabytes(have)} MB. {remedy}");
        }
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
}
