using System.Globalization;

namespace Seidra.Database;

/// <summary>Asks before a backup whether it fits, so that it does not fail after hours.</summary>
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

    /// <summary>Throws unless there is room for the database and a margin.</summary>
    /// <param name="databaseBytes">Size of the database on its server; a dump without indexes, compressed, is smaller.</param>
    /// <param name="directory">Where the backup goes.</param>
    /// <param name="freeBytes">Measures the free space.</param>
    /// <exception cref="DatabaseException">Names the bytes needed and the bytes free.</exception>
    public static void Require(long databaseBytes, string directory, Func<string, long> freeBytes)
    {
        var need = databaseBytes + MarginBytes;
        var have = freeBytes(directory);
        if (have < need)
        {
            throw new DatabaseException(
                $"The backup needs {Megabytes(need)} MB free at {directory}, found {Megabytes(have)} MB. Free space there or set backup.directory to another disk.");
        }
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
}
