using System.Runtime.InteropServices;

namespace Seidra.Journal.Tests;

/// <summary>System calls that tests need and .NET does not offer.</summary>
internal static partial class Posix
{
    [LibraryImport("libc", EntryPoint = "umask")]
    public static partial uint Umask(uint mask);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    /// <summary>Sets the user that file access of the calling thread is checked for (Linux); returns the one before.</summary>
    [LibraryImport("libc", EntryPoint = "setfsuid")]
    public static partial int SetFileUser(uint user);
}
