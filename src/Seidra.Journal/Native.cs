using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Seidra.Journal;

/// <summary>The three system calls that the base class library does not offer: open(2) as is, flock(2), and fsync of a folder.</summary>
internal static partial class Native
{
    public const int LockShared = 1;
    public const int LockExclusive = 2;
    public const int LockNonBlocking = 4;

    private const int ReadOnly = 0;
    private const int ReadWrite = 2;
    private const int NoEntry = 2;

    // fcntl.h and errno.h differ between Linux and macOS.
    private static readonly int CloseOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;
    private static readonly int WouldBlock = OperatingSystem.IsMacOS() ? 35 : 11;

    /// <summary>
    /// Opens an existing file without the advisory lock that .NET would take on it. Close-on-exec: a child process must not
    /// keep the lock of its dead parent alive.
    /// </summary>
    public static SafeFileHandle OpenExisting(string path, bool writable)
    {
        var descriptor = Open(path, (writable ? ReadWrite : ReadOnly) | CloseOnExec);
        return descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw LastError(path);
    }

    /// <summary>Takes a lock without waiting; false when somebody else holds it.</summary>
    public static bool TryLock(SafeFileHandle handle, int kind, string path)
    {
        if (Flock(handle, kind | LockNonBlocking) == 0)
            return true;
        return Marshal.GetLastPInvokeError() == WouldBlock ? false : throw LastError(path);
    }

    /// <summary>Makes names created in a folder survive a power cut.</summary>
    public static void FlushDirectory(string path)
    {
        using var handle = OpenExisting(path, writable: false);
        if (Fsync(handle) != 0)
            throw LastError(path);
    }

    private static IOException LastError(string path)
    {
        var error = Marshal.GetLastPInvokeError();
        if (error == NoEntry)
            return new FileNotFoundException(Marshal.GetPInvokeErrorMessage(error), path);
        return new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{path}'", error);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle handle, int operation);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle handle);
}
