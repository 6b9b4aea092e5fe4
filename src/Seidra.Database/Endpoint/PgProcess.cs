using System.Globalization;
using CliWrap;

namespace Seidra.Database;

/// <summary>Runs one of PostgreSQL's programs and judges its exit code and what it wrote to standard error.</summary>
internal static class PgProcess
{
    private const int TailLines = 12;

    /// <summary>Variables that would silently redirect libpq elsewhere than the settings say.</summary>
    private static readonly string[] Foreign =
    [
        "PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD", "PGSERVICE", "PGSERVICEFILE", "PGOPTIONS", "PGREQUIRESSL",
    ];

    /// <summary>Runs the program to its end; a cancelled token ends it with all its children.</summary>
    /// <param name="tool">The program.</param>
    /// <param name="endpoint">The database it works on.</param>
    /// <param name="folder">A folder of ours, for the password file while the program runs.</param>
    /// <param name="arguments">Arguments beyond the connection's.</param>
    /// <param name="log">Told every line of standard error.</param>
    /// <param name="cancel">Ends the program.</param>
    /// <returns>Remarks of the server; they do not touch the result.</returns>
    /// <exception cref="DatabaseException">The program failed, or warned that its result is not complete.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(
        PgTool tool, DatabaseEndpoint endpoint, string folder, IReadOnlyList<string> arguments, Action<string>? log, CancellationToken cancel)
    {
        using var password = PgPass.Write(folder, endpoint);
        var name = Path.GetFileName(tool.Path);
        var lines = new List<string>();
        var command = Cli.Wrap(tool.Path)
            .WithArguments([.. Connection(endpoint), .. arguments])
            .WithEnvironmentVariables(Environment(endpoint, password.Path))
            .WithValidation(CommandResultValidation.None)
            .WithStandardErrorPipe(PipeTarget.ToDelegate(line =>
            {
                lines.Add(line);
                log?.Invoke($"{name}: {line}");
            }));
        int exitCode;
        try
        {
            exitCode = (await command.ExecuteAsync(cancel)).ExitCode;
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new DatabaseException($"{tool.Path} could not be started ({error.Message}). Install it again or set tools.pgBin.", error);
        }

        var warnings = lines.Where(line => line.StartsWith($"{name}: warning:", StringComparison.Ordinal)).ToArray();
        if (exitCode != 0 || warnings.Length > 0)
        {
            var tail = string.Concat(lines.TakeLast(TailLines).Select(line => $"{System.Environment.NewLine}  {line}"));
            throw new DatabaseException(exitCode != 0
                ? $"{name} {tool.Version} on {endpoint.Display} ended with exit code {exitCode}, expected 0. It said:{tail}"
                : $"{name} {tool.Version} on {endpoint.Display} ended with warnings, so its result may be incomplete. It said:{tail}");
        }

        return lines;
    }

    private static IEnumerable<string> Connection(DatabaseEndpoint endpoint) =>
    [
        $"--host={endpoint.Host}",
        $"--port={endpoint.Port.ToString(CultureInfo.InvariantCulture)}",
        $"--username={endpoint.User}",
        $"--dbname={ConnectionName(endpoint.Database)}",
        "--no-password",
    ];

    /// <summary>libpq reads a database name with <c>=</c> or a URL scheme as a whole connection string; this keeps it a name.</summary>
    private static string ConnectionName(string database) => database.Contains('=') || database.Contains("://", StringComparison.Ordinal)
        ? $"dbname='{database.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'"
        : database;

    private static Dictionary<string, string?> Environment(DatabaseEndpoint endpoint, string passwordFile)
    {
        var variables = Foreign.ToDictionary(name => name, _ => (string?)null, StringComparer.Ordinal);
        variables["PGPASSFILE"] = passwordFile;
        variables["PGAPPNAME"] = "seidra-cutover";
        variables["PGCONNECT_TIMEOUT"] = "10";
        variables["PGSSLMODE"] = SslModes.NameOf(endpoint.SslMode);
        variables["PGSSLROOTCERT"] = endpoint.SslRootCertificate;
        variables["LC_ALL"] = "C";
        return variables;
    }
}
