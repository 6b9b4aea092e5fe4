namespace Seidra.Media;

/// <summary>Free space of a file system.</summary>
internal static class FreeSpace
{
    /// <summary>Bytes that the user may still write to the file system of <paramref name="directory"/>, which need not
    /// exist yet; null where the system does not say.</summary>
    public static long? Of(string directory)
    {
        var existing = directory;
        while (existing is not null && !Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing);
        }

        try
        {
            return existing is null ? null : new DriveInfo(existing).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
