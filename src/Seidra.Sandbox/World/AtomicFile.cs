using System.Text;

namespace Seidra.Sandbox.World;

/// <summary>Files that a reader, or a start after a kill, finds whole or not at all.</summary>
internal static class AtomicFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Puts the text in place with mode 0600.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="text">The whole content.</param>
    /// <param name="flushToDisk">False for figures that are written several times a second and may be lost with the machine.</param>
    public static void Write(string path, string text, bool flushToDisk = true)
    {
        var temporary = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            if (flushToDisk)
                file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
