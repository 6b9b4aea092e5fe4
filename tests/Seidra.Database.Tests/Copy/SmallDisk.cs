using System.Diagnostics;

namespace Seidra.Database.Tests.Copy;

/// <summary>A file system of a few kilobytes, where this user may make one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TempFolder _folder = new();

    private SmallDisk()
    {
    }

    public string Path => _folder["disk"];

    /// <summary>Makes one; null where this user may not.</summary>
    public static SmallDisk? TryMount(int kilobytes)
    {
        var disk = new SmallDisk();
        Directory.CreateDirectory(disk.Path);
        if (Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k,mode=0755", "tmpfs", disk.Path))
            return disk;
        disk._folder.Dispose();
        return null;
    }

    /// <summary>Somebody frees space.</summary>
    public void Grow() => Assert.That(Run("mount", "-o", "remount,size=64m", Path), Is.True);

    /// <summary>Gives it to the owner of another folder.</summary>
    public void GiveTo(string folder) => Assert.That(Run("chown", $"--reference={folder}", Path), Is.True);

    public void Dispose()
    {
        Run("umount", "-l", Path);
        _folder.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
