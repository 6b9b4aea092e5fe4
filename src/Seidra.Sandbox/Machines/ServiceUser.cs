namespace Seidra.Sandbox.Machines;

/// <summary>
/// The account a server runs under. PostgreSQL refuses to run as root, so root lends it an unprivileged account; anyone
/// else runs it as themselves.
/// </summary>
internal sealed class ServiceUser
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    private readonly string? name;

    private ServiceUser(string? name) => this.name = name;

    /// <summary>The account for this process' servers.</summary>
    /// <exception cref="SandboxException">This process is root and there is no account to lend.</exception>
    public static ServiceUser Current()
    {
        if (!Environment.IsPrivilegedProcess)
            return new ServiceUser(null);
        var known = File.ReadLines("/etc/passwd").Select(line => line.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        var found = Candidates.FirstOrDefault(known.Contains)
            ?? throw new SandboxException("PostgreSQL does not run as root; expected an account named postgres or nobody, found neither. Run this command as an ordinary user.");
        return new ServiceUser(found);
    }

    /// <summary>Makes a directory (mode 0700) that belongs to the account.</summary>
    public async Task CreateDirectoryAsync(string directory, CancellationToken ct)
    {
        IReadOnlyList<string> owner = name is null ? [] : ["-o", name];
        await Command.RunAsync("install", ["-d", "-m", "0700", .. owner, directory], ct);
    }

    /// <summary>Hands a file to the account.</summary>
    public async Task GiveAsync(string file, CancellationToken ct)
    {
        if (name is not null)
            await Command.RunAsync("chown", [name, file], ct);
    }

    /// <summary>The command line that runs a program under the account.</summary>
    /// <param name="directory">The directory the program must be able to reach.</param>
    /// <param name="deathSignal">The signal the program gets when the process that started it dies, or null.</param>
    /// <param name="argv">The program and its arguments.</param>
    public IReadOnlyList<string> Wrap(string directory, string? deathSignal, IReadOnlyList<string> argv)
    {
        var setpriv = Programs.Find("setpriv");
        if (setpriv is null)
            return name is null ? argv : ["runuser", "-u", name, "--", .. argv];
        List<string> wrapped = [setpriv];
        if (deathSignal is not null)
            wrapped.AddRange(["--pdeathsig", deathSignal]);
        if (name is not null)
            wrapped.AddRange(["--reuid", name, "--regid", GroupOf(name), "--init-groups"]);
        // A state folder usually lies below somebody's closed home. Opening that home would be worse than lending the
        // server the one capability to pass through it.
        if (name is not null && !OthersMayPass(directory))
            wrapped.AddRange(["--inh-caps", "+dac_override", "--ambient-caps", "+dac_override"]);
        return wrapped.Count == 1 ? argv : [.. wrapped, "--", .. argv];
    }

    private static string GroupOf(string user) =>
        File.ReadLines("/etc/passwd").Select(line => line.Split(':')).First(fields => fields[0] == user)[3];

    private static bool OthersMayPass(string directory)
    {
        for (var parent = Directory.GetParent(Path.GetFullPath(directory)); parent is not null; parent = parent.Parent)
        {
            if (!OperatingSystem.IsWindows() && !parent.UnixFileMode.HasFlag(UnixFileMode.OtherExecute))
                return false;
        }

        return true;
    }
}
