using System.Text;

namespace Seidra.Delivery;

/// <summary>Writes small files that are either the old or the new one, whatever happens in between.</summary>
internal static class AtomicFile
{
    /// <summary>Temporary file, mode 0600, fsync, rename, fsync of the folder. A symbolic link is written through.</summary>
    /// <exception cref="DeliveryException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellation)
    {
        var temporary = "";
        try
        {
            var link = new FileInfo(path);
            var target = link.LinkTarget is null ? link.FullName : link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            var folder = Path.GetDirectoryName(target)!;
            CreatePrivateFolder(folder);
            temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using (var stream = new FileStream(temporary, options))
            {
                await stream.WriteAsync(new UTF8Encoding(false).GetBytes(text), cancellation);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
            Libc.SyncDirectory(folder);
        }
        catch (Exception error)
        {
            if (temporary.Length > 0) File.Delete(temporary);
            if (error is not (IOException or UnauthorizedAccessException)) throw;
            throw new DeliveryException($"{path}: cannot be written ({error.Message}). Make room, or grant write access to its folder.", error);
        }
    }

    private static void CreatePrivateFolder(string folder)
    {
        if (Directory.Exists(folder)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
