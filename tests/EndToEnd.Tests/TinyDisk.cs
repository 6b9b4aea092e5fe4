using System.Diagnostics;

namespace Seidra.EndToEnd.Tests;

/// <summary>A disk of one megabyte. Mounting takes root, which the tests' servers take too.</summary>
public sealed class TinyDisk : IDisposable
{
    /// <summary>Mounts it at <paramref name="folder"/>.</summary>
    public TinyDisk(string folder)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", Folder);
    }

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    public void Dispose() => Run("umount", Folder);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}");
    }
}
