using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Seidra.Media;

/// <summary>Opens files as a bystander. .NET's own way takes an advisory lock, which would make Classic's writes fail while
/// its files are read; and it follows links.</summary>
internal static partial class PlainFile
{
    private const int CloseOnExec = 0x80000;

    // A named pipe would otherwise hold the opener until somebody writes.
    private const int DoNotWait = 0x800;

    private static readonly int DoNotFollow =
        RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64 ? 0x8000 : 0x20000;

    /// <summary>Opens a regular file for reading.</summary>
    /// <exception cref="IOException">It is not there, is a link, or may not be read.</exception>
    public static SafeFileHandle OpenRead(string path) => OperatingSystem.IsLinux()
        ? Open(path, CloseOnExec | DoNotWait | DoNotFollow)
        : File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Opens a folder, for making it durable; Linux only.</summary>
    /// <exception cref="IOException">It is not there or may not be read.</exception>
    public static SafeFileHandle OpenFolder(string path) => Open(path, CloseOnExec);

    private static SafeFileHandle Open(string path, int flags)
    {
        const int NoEntry = 2, NotAFolder = 20;
        var handle = new SafeFileHandle(OpenNative(path, flags), ownsHandle: true);
        if (!handle.IsInvalid)
        {
            return handle;
        }

        var error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        var message = $"{path}: {Marshal.GetPInvokeErrorMessage(error)}";
        throw error is NoEntry or NotAFolder ? new FileNotFoundException(message) : new IOException(message);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenNative(string path, int flags);
}
