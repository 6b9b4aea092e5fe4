using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Seidra.Cutover.Bench;

/// <summary>
/// A program under the eye of GNU time, which knows CPU and peak memory of the whole tree (wait4's rusage). Disposed before
/// its end, the tree is killed.
/// </summary>
internal sealed class MeasuredProcess : IAsyncDisposable
{
    private const int TailLines = 12;
    private readonly Process _process;
    private readonly string _name;
    private readonly string _figures;
    private readonly Queue<string> _tail = new();

    private MeasuredProcess(CommandLine command)
    {
        _name = Path.GetFileName(command.Program);
        _figures = Path.Combine(command.Directory, $"time-{Guid.NewGuid():N}");
        var start = new ProcessStartInfo(Time!, ["-f", "%e %U %S %M", "-o", _figures, command.Program, .. command.Arguments])
        {
            WorkingDirectory = command.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => Remember(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>The full path of GNU time, or null where it is not installed (a shell's own word does not measure memory).</summary>
    public static string? Time { get; } = new[] { "/usr/bin/time", "/bin/time", "/opt/homebrew/bin/gtime" }.FirstOrDefault(File.Exists);

    /// <summary>Starts the program.</summary>
    public static MeasuredProcess Start(CommandLine command) => new(command);

    /// <summary>Runs the program to its end.</summary>
    /// <returns>What it cost, and the last line that it printed.</returns>
    /// <exception cref="BenchException">It failed.</exception>
    public static async Task<(Cost Cost, string? LastLine)> RunAsync(CommandLine command, CancellationToken cancel)
    {
        await using var process = Start(command);
        process._process.StandardInput.Close();
        string? last = null;
        while (await process._process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            process.Remember(line);
            last = line;
        }

        return (await process.EndAsync(cancel), last);
    }

    /// <summary>Sends a line and waits for the answer.</summary>
    /// <exception cref="BenchException">The program ended instead.</exception>
    public async Task<string> AskAsync(string line, CancellationToken cancel)
    {
        await SayAsync(line, cancel);
        return await AnswerAsync(cancel);
    }

    /// <summary>Sends a line.</summary>
    /// <exception cref="BenchException">The program ended before.</exception>
    public async Task SayAsync(string line, CancellationToken cancel)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(line.AsMemory(), cancel);
            await _process.StandardInput.FlushAsync(cancel);
        }
        catch (IOException)
        {
            await _process.WaitForExitAsync(cancel);
            throw new BenchException($"Expected {_name} to listen, found that it ended with {_process.ExitCode}: {Tail()}");
        }
    }

    /// <summary>Waits for the next line that the program prints.</summary>
    /// <exception cref="BenchException">The program ended instead.</exception>
    public async Task<string> AnswerAsync(CancellationToken cancel)
    {
        if (await _process.StandardOutput.ReadLineAsync(cancel) is { } answer)
        {
            return answer;
        }

        await _process.WaitForExitAsync(cancel);
        throw new BenchException($"Expected {_name} to answer, found that it ended with {_process.ExitCode}: {Tail()}");
    }

    /// <summary>Waits until the program has ended by itself.</summary>
    /// <exception cref="BenchException">It failed.</exception>
    public async Task<Cost> EndAsync(CancellationToken cancel)
    {
        await _process.WaitForExitAsync(cancel);
        if (_process.ExitCode != 0)
        {
            throw new BenchException($"Expected {_name} to end with 0, found {_process.ExitCode}: {Tail()}");
        }

        var fields = File.ReadLines(_figures).Last().Split(' ').Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        return new Cost(fields[0], fields[1] + fields[2], fields[3] / 1024);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        File.Delete(_figures);
    }

    private void Remember(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (_tail)
        {
            _tail.Enqueue(line);
            if (_tail.Count > TailLines)
            {
                _tail.Dequeue();
            }
        }
    }

    private string Tail()
    {
        lock (_tail)
        {
            return new StringBuilder().AppendJoin(" | ", _tail).ToString();
        }
    }
}
