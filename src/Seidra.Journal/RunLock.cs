using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Seidra.Journal;

/// <summary>
/// The right to change a state folder: an flock on its file <c>lock</c>, which the system takes back when the process dies,
/// however it dies. The file's content only tells who holds it; without the lock it means nothing.
/// </summary>
public sealed class RunLock : IDisposable
{
    private const string FileName = "lock";

    // A status command looks at the lock for an instant; that must not turn a run away.
    private const int Attempts = 10;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly SafeFileHandle _handle;

    private RunLock(SafeFileHandle handle) => _handle = handle;

    /// <summary>Takes the lock of a state folder; creates the folder (0700) where missing.</summary>
    /// <param name="stateDirectory">The state folder.</param>
    /// <param name="what">What the owner will do, for those it turns away.</param>
    /// <exception cref="LockHeldException">Another run, or this process, holds it.</exception>
    /// <exception cref="JournalException">A folder that cannot be used.</exception>
    public static RunLock Acquire(string stateDirectory, string what)
    {
        var directory = StateFolder.Prepare(stateDirectory);
        var path = Path.Combine(directory, FileName);
        try
        {
            CreateFile(path);
            var handle = Lock(path) ?? throw new LockHeldException(directory, ReadOwner(path));
            Write(handle, new LockOwner(Environment.MachineName, Environment.ProcessId, Environment.UserName, DateTimeOffset.UtcNow, what));
            return new RunLock(handle);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw StateFolder.Unusable(path, "be locked", error);
        }
    }

    /// <summary>Who holds the lock right now; null where it is free, whatever a dead owner left in the file.</summary>
    /// <param name="stateDirectory">The state folder.</param>
    /// <exception cref="JournalException">A folder that cannot be read.</exception>
    public static LockOwner? Owner(string stateDirectory)
    {
        var path = Path.Combine(Path.GetFullPath(stateDirectory), FileName);
        try
        {
            using var handle = Native.OpenExisting(path, writable: false);
            return Native.TryLock(handle, Native.LockShared, path) ? null : ReadOwner(path);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw StateFolder.Unusable(path, "be readable", error);
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose()
    {
        if (_handle.IsClosed)
            return;
        // The file stays: removing a lock file would let two runs lock two different files of one name.
        RandomAccess.SetLength(_handle, 0);
        _handle.Dispose();
    }

    private static void CreateFile(string path)
    {
        if (File.Exists(path))
            return;
        try
        {
            StateFolder.OpenFile(path).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another run was faster and holds it already; the lock itself decides.
        }
    }

    private static SafeFileHandle? Lock(string path)
    {
        var handle = Native.OpenExisting(path, writable: true);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (Native.TryLock(handle, Native.LockExclusive, path))
                return handle;
            Thread.Sleep(Pause);
        }
        handle.Dispose();
        return null;
    }

    private static void Write(SafeFileHandle handle, LockOwner owner)
    {
        RandomAccess.SetLength(handle, 0);
        RandomAccess.Write(handle, JsonSerializer.SerializeToUtf8Bytes(owner, JsonSerializerOptions.Web), 0);
        RandomAccess.FlushToDisk(handle);
    }

    private static LockOwner ReadOwner(string path)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            using var handle = Native.OpenExisting(path, writable: false);
            var bytes = new byte[RandomAccess.GetLength(handle)];
            var read = RandomAccess.Read(handle, bytes, 0);
            try
            {
                if (JsonSerializer.Deserialize<LockOwner>(bytes.AsSpan(0, read), JsonSerializerOptions.Web) is { } owner)
                    return owner;
            }
            catch (JsonException)
            {
                // The owner has the lock and is about to write its name.
            }
            Thread.Sleep(Pause);
        }
        return new LockOwner("?", 0, "?", File.GetLastWriteTimeUtc(path), "?");
    }
}
