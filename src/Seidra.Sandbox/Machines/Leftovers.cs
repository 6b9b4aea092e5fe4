namespace Seidra.Sandbox.Machines;

/// <summary>Servers of a starter that was killed: its leash is ending them, and until then they hold files and ports.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Waits until no process names this path on its command line any more.</summary>
    /// <exception cref="SandboxException">One still does after half a minute; the message says which.</exception>
    public static async Task WaitUntilGoneAsync(string path, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        while (Find(path) is { } pid)
        {
            try
            {
                await Task.Delay(50, limit.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                throw new SandboxException($"Expected nobody to use {path}, found process {pid}; end it with `kill {pid}` and run the same command again.");
            }
        }
    }

    private static int? Find(string path)
    {
        if (!Directory.Exists("/proc/self"))
            return null;
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), out var pid) && pid != Environment.ProcessId && CommandLine(process).Contains(path, StringComparison.Ordinal))
                return pid;
        }

        return null;
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Ended meanwhile, or hidden: nobody of ours.
            return "";
        }
    }
}
