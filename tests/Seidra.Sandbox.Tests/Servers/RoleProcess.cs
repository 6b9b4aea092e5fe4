using System.Diagnostics;
using System.Text;
using Seidra.Sandbox.Machines;
using Seidra.Sandbox.World;

namespace Seidra.Sandbox.Tests.Servers;

/// <summary>One of the program's roles as a real process, ended with the test.</summary>
internal sealed class RoleProcess : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    public RoleProcess(string role, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        Port = FreePorts.Next();
        var argv = SandboxProgram.Argv(role, arguments);
        var start = new ProcessStartInfo(argv[0], argv.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SEIDRA_PORT"] = Port.ToString();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        process = Process.Start(start)!;
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}"), Timeout = TimeSpan.FromSeconds(20) };
    }

    public int Port { get; }

    public HttpClient Client { get; }

    public int Id => process.Id;

    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>Waits until it serves.</summary>
    public async Task<RoleProcess> ServesAsync()
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(20))
        {
            try
            {
                using var response = await Client.GetAsync("/api/health");
                return this;
            }
            catch (HttpRequestException) when (watch.Elapsed < TimeSpan.FromSeconds(30) && !process.HasExited)
            {
                // Not yet.
            }
        }
    }

    /// <summary>Closes its standard input, as the death of its parent does.</summary>
    public void LetGo() => process.StandardInput.Close();

    /// <summary>Waits until it has ended and returns its exit code.</summary>
    public async Task<int> EndsAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
        Client.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs line)
    {
        lock (output)
            output.AppendLine(line.Data);
    }
}
