using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;

namespace Seidra.Sandbox.Machines;

/// <summary>Runs a short program to its end.</summary>
internal static class Command
{
    /// <summary>What the program wrote to its standard output.</summary>
    /// <param name="program">Its name on PATH or its full path.</param>
    /// <param name="arguments">Its arguments; never secrets.</param>
    /// <param name="ct">Kills it.</param>
    /// <param name="directory">Where it runs; null for the directory of temporary files.</param>
    /// <param name="environment">Variables added to this process' own; null removes one.</param>
    /// <param name="limitSeconds">After so many seconds it is ended, even where this process has died meanwhile.</param>
    /// <exception cref="SandboxException">The program is missing or ended with another code than 0.</exception>
    public static async Task<string> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        CancellationToken ct,
        string? directory = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        int? limitSeconds = null)
    {
        string[] argv = limitSeconds is { } limit && Programs.Find("timeout") is { } timeout
            ? [timeout, $"{limit}", Programs.Find(program) ?? program, .. arguments]
            : [Programs.Find(program) ?? program, .. arguments];
        try
        {
            var result = await Cli.Wrap(argv[0])
                .WithArguments(argv[1..])
                .WithWorkingDirectory(directory ?? Path.GetTempPath())
                .WithEnvironmentVariables(environment ?? new Dictionary<string, string?>())
                .WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(ct);
            if (result.ExitCode == 0)
                return result.StandardOutput;
            var said = string.Join(' ', result.StandardError.Split('\n').Where(line => line.Trim().Length > 0).TakeLast(5));
            throw new SandboxException($"Expected `{Path.GetFileName(program)}` to end with 0, found {result.ExitCode}: {said}");
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            throw new SandboxException($"Expected the program {program}, found: {error.Message}. Install it and run the same command again.", error);
        }
    }
}
