namespace Seidra.Sandbox.Machines;

/// <summary>A cluster's files below one directory: <c>data/cluster</c>, <c>password</c>, <c>port</c>, <c>postgres.log</c>.</summary>
internal sealed class PostgresCluster(string directory, string bin, ServiceUser user)
{
    private readonly string home = Path.Combine(directory, "data");

    /// <summary>The cluster's data directory.</summary>
    public string Data => Path.Combine(home, "cluster");

    /// <summary>The superuser's password, mode 0600.</summary>
    public string PasswordFile => Path.Combine(directory, "password");

    /// <summary>The server's log.</summary>
    public string LogFile => Path.Combine(directory, "postgres.log");

    private string PortFile => Path.Combine(directory, "port");

    private string PidFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>The port of earlier starts, or a free one that is kept from now on.</summary>
    public int Port()
    {
        if (File.Exists(PortFile) && int.TryParse(File.ReadAllText(PortFile), out var kept))
            return kept;
        var port = FreePorts.Next();
        File.WriteAllText(PortFile, port.ToString());
        return port;
    }

    /// <summary>Makes the cluster where there is none. A cut initdb leaves nothing that a later start would take for one.</summary>
    public async Task EnsureAsync(string superuser, string password, CancellationToken ct)
    {
        if (Directory.Exists(Data))
            return;
        await Leftovers.WaitUntilGoneAsync(Data, ct);
        var fresh = Data + ".new";
        if (Directory.Exists(fresh))
            Directory.Delete(fresh, recursive: true);
        await user.CreateDirectoryAsync(home, ct);
        var passwordFile = Path.Combine(home, "pwfile");
        SecretFile.Write(passwordFile, password);
        try
        {
            await user.GiveAsync(passwordFile, ct);
            var argv = user.Wrap(home, deathSignal: null,
            [
                Path.Combine(bin, "initdb"), "--pgdata", fresh, "--username", superuser, "--pwfile", passwordFile,
                "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync",
            ]);
            await Command.RunAsync(argv[0], [.. argv.Skip(1)], ct);
            Directory.Move(fresh, Data);
        }
        finally
        {
            File.Delete(passwordFile);
        }
    }

    /// <summary>The server's process id as it wrote it down, or null where none runs on this cluster.</summary>
    public int? ServerProcess()
    {
        try
        {
            var pid = int.Parse(File.ReadLines(PidFile).First());
            var commandLine = File.ReadAllText($"/proc/{pid}/cmdline");
            return commandLine.Contains(Data, StringComparison.Ordinal) ? pid : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// Waits for a server that is just going down (its starter died), then removes its process id file: after a crash it
    /// may name somebody else's process by now.
    /// </summary>
    public async Task ClearStaleAsync(CancellationToken ct)
    {
        await Leftovers.WaitUntilGoneAsync(Data, ct);
        File.Delete(PidFile);
    }
}
