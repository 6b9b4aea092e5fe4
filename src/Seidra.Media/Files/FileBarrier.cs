using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Seidra.Media;

/// <summary>Makes written files durable: few of them one by one, many by one barrier for the whole file system, since an
/// fsync per small file costs more than the copy itself.</summary>
internal static partial class FileBarrier
{
    /// <summary>Up to here single fsyncs are cheaper than flushing what others wrote to the file system too.</summary>
    public const int FewFiles = 32;

    /// <summary>Whether a barrier for the whole file system exists here (Linux syncfs).</summary>
    public static bool HasBarrier => OperatingSystem.IsLinux();

    /// <summary>Flushes files and the folders that name them.</summary>
    public static void Flush(IReadOnlyCollection<string> files)
    {
        foreach (var file in files.Where(File.Exists))
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(handle);
        }

        foreach (var folder in files.Select(Path.GetDirectoryName).Distinct())
        {
            FlushFolder(folder!);
        }
    }

    /// <summary>Flushes the file system that holds <paramref name="directory"/>.</summary>
    /// <exception cref="IOException">The kernel reports lost writes.</exception>
    public static void FlushAll(string directory)
    {
        using var folder = PlainFile.OpenFolder(directory);
        Check(SyncFileSystem(folder), directory);
    }

    /// <summary>Makes a rename within the folder durable.</summary>
    public static void FlushFolder(string directory)
    {
        if (HasBarrier)
        {
            using var folder = PlainFile.OpenFolder(directory);
            Check(SyncFolder(folder), directory);
        }
    }

    private static void Check(int result, string directory)
    {
        if (result != 0)
        {
            throw new IOException($"{directory}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFileSystem(SafeFileHandle folder);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int SyncFolder(SafeFileHandle folder);
}
