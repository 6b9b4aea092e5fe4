using System.Text.RegularExpressions;
using Seidra.Delivery;
using Seidra.Sandbox;
using Seidra.Sandbox.Machines;

namespace Seidra.Cutover.Bench;

/// <summary>A peer's program: where it is, which version, or why it is not to be had.</summary>
/// <param name="Path">Its full path; <c>null</c> where it is missing.</param>
/// <param name="Version">Its version.</param>
/// <param name="Reason">Why it is missing.</param>
internal sealed partial record PeerTool(string? Path, string Version, string? Reason)
{
    /// <summary>Finds the program; installs its Debian package where it is missing and that is possible.</summary>
    public static async Task<PeerTool> FindAsync(string program, string package, BenchLog log, CancellationToken cancel)
    {
        try
        {
            await Installs.Machine.EnsureAsync(new Requirement(program, [package], () => ExecutableFinder.Find(program) is not null), log.Line, cancel);
        }
        catch (SandboxException error)
        {
            return new PeerTool(null, "", error.Message);
        }

        var path = ExecutableFinder.Find(program)!;
        return new PeerTool(path, await VersionAsync(path, cancel), null);
    }

    // Some print it on standard output, some on standard error, some with a log line before.
    private static async Task<string> VersionAsync(string path, CancellationToken cancel)
    {
        var lines = new List<string>();
        await new ProcessRunner().RunAsync(
            new ProcessSpec { FileName = path, Arguments = ["--version"], Timeout = TimeSpan.FromSeconds(20) }, lines.Add, cancel);
        return lines.Select(line => VersionNumber().Match(line)).FirstOrDefault(match => match.Success)?.Groups[1].Value ?? "of unknown version";
    }

    [GeneratedRegex(@"(?:version|\))\s+""?([0-9][^\s""]*)")]
    private static partial Regex VersionNumber();
}
