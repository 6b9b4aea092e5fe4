using System.Security.Cryptography;
using System.Text;

namespace Seidra.Sandbox.Machines;

/// <summary>Secrets that only the owner of a file may read.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The secret in the file; where there is none yet, a generated one is put there first.</summary>
    public static string ReadOrCreate(string path)
    {
        if (!File.Exists(path))
            Write(path, RandomNumberGenerator.GetHexString(40, lowercase: true));
        return File.ReadAllText(path).Trim();
    }

    /// <summary>Puts a secret in place: mode 0600 from the first byte on, whole or not at all.</summary>
    public static void Write(string path, string secret)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(Encoding.UTF8.GetBytes(secret + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
