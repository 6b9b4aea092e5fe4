using System.Diagnostics;

namespace Cake.Frosting.Tests.Support;

/// <summary>Runs the sample program as a process of its own, with its output piped.</summary>
public sealed class SampleProgram : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly List<string> _lines = [];

    private SampleProgram(IEnumerable<string> args, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Cake.Frosting.Sample.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in new[] { "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CAKE_HOST_COMMAND" })
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public static Outcome Run(params string[] args) => Run(new Dictionary<string, string>(), args);

    public static Outcome Run(IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        using var program = new SampleProgram(args, environment);
        return program.Wait();
    }

    /// <summary>Starts it with the tasks of this assembly beside its own.</summary>
    public static SampleProgram StartWithTestTasks(params string[] args) =>
        new(args, new Dictionary<string, string> { ["SAMPLE_TASKS"] = typeof(SampleProgram).Assembly.Location });

    /// <summary>Reads on until a line holds the text.</summary>
    public string WaitForLine(string text)
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            _lines.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }

        throw new InvalidOperationException($"The program ended without '{text}':\n{string.Join('\n', _lines)}\n{_error.Result}");
    }

    public void Signal(string name) => Process.Start("kill", [$"-{name}", $"{Id}"]).WaitForExit();

    public Outcome Wait()
    {
        var rest = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        var read = string.Concat(_lines.Select(line => line + "\n"));
        return new Outcome(_process.ExitCode, (read + rest).ReplaceLineEndings("\n"), _error.Result.ReplaceLineEndings("\n"));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
