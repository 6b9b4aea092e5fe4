using System.Diagnostics;

namespace Seidra.Sandbox.Machines;

/// <summary>
/// A server process that cannot outlive this one. A small shell stands between: its standard input is a pipe from here,
/// and when that pipe closes (orderly or because this process was killed) it signals the server, again and again until it
/// is gone, at last with SIGKILL.
/// </summary>
internal sealed class Leash : IDisposable
{
    // fd 3 is the pipe; the server itself must not hold it. Signals are repeated because one that comes before the server
    // has set its handlers is lost.
    private const string Script = """
        signal=$1; log=$2; shift 2
        umask 077
        exec 3<&0 </dev/null >>"$log" 2>&1
        "$@" 3<&- &
        server=$!
        {
          read -r _ <&3
          tries=0
          while kill -s "$signal" "$server" 2>/dev/null; do
            sleep 0.5
            tries=$((tries + 1))
            [ "$tries" -lt 40 ] || signal=KILL
          done
        } &
        watcher=$!
        exec 3<&-
        wait "$server"
        code=$?
        kill "$watcher" 2>/dev/null
        exit "$code"
        """;

    private readonly Process shell;

    private Leash(Process shell) => this.shell = shell;

    /// <summary>The process id of the shell that holds the leash.</summary>
    public int ProcessId => shell.Id;

    /// <summary>Whether the server still runs.</summary>
    public bool IsRunning => !shell.HasExited;

    /// <summary>Starts a server.</summary>
    /// <param name="argv">The server and its arguments.</param>
    /// <param name="stopSignal">The signal that asks it to end, without SIG.</param>
    /// <param name="logFile">Its output is appended here.</param>
    /// <param name="workingDirectory">Where it starts.</param>
    /// <param name="environment">Variables added to this process' own.</param>
    public static Leash Start(
        IReadOnlyList<string> argv, string stopSignal, string logFile, string workingDirectory, IReadOnlyDictionary<string, string>? environment = null)
    {
        // A session of its own: Ctrl-C in the terminal must let the run end in order, servers last.
        string[] shellArgv = Programs.Find("setsid") is { } setsid ? [setsid, "sh"] : ["sh"];
        var start = new ProcessStartInfo(shellArgv[0], [.. shellArgv[1..], "-c", Script, "leash", stopSignal, logFile, .. argv])
        {
            RedirectStandardInput = true,
            WorkingDirectory = workingDirectory,
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        return new Leash(Process.Start(start)!);
    }

    /// <summary>Ends the server in order and waits until it is gone.</summary>
    public async Task StopAsync()
    {
        Release();
        await shell.WaitForExitAsync();
    }

    /// <summary>Waits until the server has ended by itself or by somebody else's hand.</summary>
    public Task WaitAsync(CancellationToken ct) => shell.WaitForExitAsync(ct);

    /// <inheritdoc />
    public void Dispose()
    {
        Release();
        shell.Dispose();
    }

    private void Release()
    {
        try
        {
            shell.StandardInput.Dispose();
        }
        catch (IOException)
        {
            // The shell has ended before the pipe: nothing is left to release.
        }
    }
}
