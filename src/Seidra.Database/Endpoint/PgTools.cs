using System.Globalization;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;

namespace Seidra.Database;

/// <summary>Finds <c>pg_dump</c> and <c>pg_restore</c> on this machine.</summary>
/// <param name="binDirectory">The only folder to look in; null looks at Debian's and Red Hat's places and at PATH.</param>
public sealed partial class PgTools(string? binDirectory = null)
{
    /// <summary>
    /// Finds the program whose major version is the smallest that is not older than asked: an older one refuses or, worse,
    /// drops what it does not know; a much newer one writes settings that the server does not know.
    /// </summary>
    /// <param name="name">Name of the program, such as <c>pg_dump</c>.</param>
    /// <param name="atLeastMajor">Major version of the server, or of the dump that is to be restored.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <exception cref="DatabaseException">None is installed, or only older ones; the message names what was found.</exception>
    public async Task<PgTool> FindAsync(string name, int atLeastMajor, CancellationToken cancel = default)
    {
        var found = new List<PgTool>();
        foreach (var path in Folders().Select(folder => Path.Combine(folder, name)).Where(File.Exists).Distinct(StringComparer.Ordinal))
        {
            if (await ProbeAsync(path, cancel) is { } tool)
                found.Add(tool);
        }

        if (found.Where(tool => tool.Major >= atLeastMajor).MinBy(tool => tool.Major) is { } best)
            return best;
        var remedy = $"Install postgresql-client-{atLeastMajor} (or newer), or set tools.pgBin to the folder that holds it.";
        throw new DatabaseException(found.Count == 0
            ? $"Expected {name} {atLeastMajor} or newer, found none in {(binDirectory ?? "PATH or PostgreSQL's usual folders")}. {remedy}"
            : $"Expected {name} {atLeastMajor} or newer, found only {string.Join(", ", found.Select(tool => $"{tool.Version} ({tool.Path})"))}. {remedy}");
    }

    private IEnumerable<string> Folders()
    {
        if (binDirectory is not null)
            return [Path.GetFullPath(binDirectory)];
        var debian = Versioned("/usr/lib/postgresql", "*");
        var redHat = Versioned("/usr", "pgsql-*");
        // PATH last: on Debian it holds a wrapper that picks a version by itself.
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return debian.Concat(redHat).Concat(path);
    }

    private static IEnumerable<string> Versioned(string root, string pattern) => Directory.Exists(root)
        ? Directory.EnumerateDirectories(root, pattern).Order(StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin"))
        : [];

    private static async Task<PgTool?> ProbeAsync(string path, CancellationToken cancel)
    {
        try
        {
            var result = await Cli.Wrap(path).WithArguments("--version").WithValidation(CommandResultValidation.None)
                .ExecuteBufferedAsync(cancel);
            var match = VersionNumber().Match(result.StandardOutput);
            return result.ExitCode == 0 && match.Success
                ? new PgTool(path, match.Value, int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
                : null;
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            // Not executable here: as good as not installed.
            return null;
        }
    }

    [GeneratedRegex(@"(\d+)(?:\.\d+)*")]
    private static partial Regex VersionNumber();
}
