using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;

namespace Seidra.Sandbox.Machines;

/// <summary>Runs a short program to its end.</summary>
internal static class Command
{
    /// <summary>What the program wrote to its standard output.</summary>
    /// <exception cref="SandboxException">The program is missing or ended with another code than 0.</exception>
    public static async Task<string> RunAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken ct, string? directory = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        try
        {
            var result = await Cli.Wrap(Programs.Find(program) ?? program)
                .WithArguments(arguments)
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
