using System.ComponentModel;
using System.Diagnostics;

namespace Seidra.Delivery;

/// <summary>
/// Runs a service as a detached process in a session of its own: it outlives this program, as production must, and is found
/// again by its service file. A start that was cut before the pid was written down is found by a variable of the child.
/// </summary>
public sealed class ProcessRuntime : IRuntime
{
    private const string Marker = "SEIDRA_SERVICE_FILE";
    private static readonly string[] Base = ["PATH", "HOME", "LANG"];
    private static readonly TimeSpan EarlyDeath = TimeSpan.FromMilliseconds(300);
    private readonly string _serviceFile;
    private readonly string _name;
    private readonly IReadOnlyList<string> _argv;
    private readonly string _workingDirectory;
    private readonly string? _envFile;
    private readonly string _logFile;

    /// <summary>Describes the service; nothing is started yet.</summary>
    /// <param name="serviceFile">File that records the running service (<see cref="ServiceRecord"/>).</param>
    /// <param name="name">Name for logs and messages.</param>
    /// <param name="argv">Program and arguments; without secrets, other users see them.</param>
    /// <param name="workingDirectory">Folder to run in.</param>
    /// <param name="envFile">The .env file whose pairs become its environment besides PATH, HOME and LANG; null: none.</param>
    /// <param name="logFile">File that gets its output; default: the service file with the ending .log.</param>
    public ProcessRuntime(
        string serviceFile, string name, IReadOnlyList<string> argv, string workingDirectory, string? envFile = null, string? logFile = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(serviceFile);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(argv);
        ArgumentException.ThrowIfNullOrWhiteSpace(workingDirectory);
        _serviceFile = Path.GetFullPath(serviceFile);
        _name = name;
        _argv = argv.Count > 0 ? argv : throw new DeliveryException($"{name}: expected a command to start, found none. Set it in the settings.");
        _workingDirectory = Path.GetFullPath(workingDirectory);
        _envFile = envFile is null ? null : Path.GetFullPath(envFile);
        _logFile = Path.GetFullPath(logFile ?? Path.ChangeExtension(_serviceFile, ".log"));
    }

    /// <summary>Time between SIGTERM and SIGKILL when stopping.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        var launch = Launch.Resolve(_argv[0], [.. _argv.Skip(1)], _workingDirectory);
        var record = new ServiceRecord(_name, 0, 0, _argv, _workingDirectory, _envFile, _logFile);
        if (await IsRunningAsync(cancellation))
        {
            if (ServiceRecord.Read(_serviceFile)?.IsSameServiceAs(record) == true) return;
            // The settings changed since: what runs is another service under this name.
            await StopAsync(cancellation);
        }

        // The intent first: a run killed right after the start finds the service again.
        await record.WriteAsync(_serviceFile, cancellation);
        try
        {
            using var process = Process.Start(StartInfo(launch)) ?? throw new InvalidOperationException("no process");
            await (record with { Pid = process.Id, StartTicks = ProcessIdentity.StartTicks(process.Id) ?? 0 }).WriteAsync(_serviceFile, CancellationToken.None);
            using var early = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            early.CancelAfter(EarlyDeath);
            await ((Task)process.WaitForExitAsync(early.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (process.HasExited)
            {
                await StopAsync(CancellationToken.None);
                throw new DeliveryException($"{_name}: ended at once with exit code {process.ExitCode}. Read {_logFile}.{LogTail()}");
            }
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            File.Delete(_serviceFile);
            throw new DeliveryException($"{_name}: {launch.FileName} cannot be started ({error.Message}). Check that it is a program for this machine.", error);
        }

        cancellation.ThrowIfCancellationRequested();
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var record = ServiceRecord.Read(_serviceFile);
        // A number that now belongs to another process is left alone; pid 0 matches nothing but the variable.
        var root = record is not null && record.IsAlive() ? record.Pid : -1;
        var tree = new ProcessTree(root, Marker, _serviceFile);
        if (root > 0 || OperatingSystem.IsLinux()) await tree.EndAsync(StopGrace);
        if (OperatingSystem.IsLinux() && tree.Alive() is { Count: > 0 } left)
        {
            throw new DeliveryException($"{_name}: process {left[0].Pid} does not end, not even when killed. Look at it with: ps -fp {left[0].Pid}");
        }

        if (record is not null) File.Delete(_serviceFile);
    }

    /// <inheritdoc />
    public async Task<bool> IsRunningAsync(CancellationToken cancellation = default)
    {
        if (ServiceRecord.Read(_serviceFile) is not { } record) return false;
        if (record.IsAlive()) return true;
        if (record.Pid != 0 || !OperatingSystem.IsLinux()) return false;
        // Cut between start and record: adopt the session leader that carries our variable.
        var lost = ProcessTable.All().FirstOrDefault(row => row.IsAlive && row.Session == row.Pid && ProcessTable.HasVariable(row.Pid, Marker, _serviceFile));
        if (lost is null) return false;
        await (record with { Pid = lost.Pid, StartTicks = lost.StartTicks }).WriteAsync(_serviceFile, cancellation);
        return true;
    }

    private ProcessStartInfo StartInfo(Launch launch)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_logFile)!);
        // The shell only opens the log; it is replaced by the service, whose pid is therefore the one started here. Its
        // streams must not be this program's: they would break when this program ends.
        string[] detached = ["-c", "mask=$(umask); umask 077; exec >>\"$0\" 2>&1 </dev/null; umask \"$mask\"; exec \"$@\"", _logFile, launch.FileName, .. launch.Arguments];
        var start = ExecutableFinder.Find("setsid") is { } setsid
            ? new ProcessStartInfo(setsid, ["sh", .. detached])
            : new ProcessStartInfo("sh", detached);
        start.UseShellExecute = false;
        start.WorkingDirectory = _workingDirectory;
        start.Environment.Clear();
        foreach (var name in Base)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value) start.Environment[name] = value;
        }

        foreach (var (name, value) in _envFile is null ? new Dictionary<string, string>() : DotEnv.Load(_envFile).Values) start.Environment[name] = value;
        start.Environment[Marker] = _serviceFile;
        return start;
    }

    private string LogTail()
    {
        if (!File.Exists(_logFile)) return "";
        var redactor = new Redactor(_envFile is null ? [] : DotEnv.Load(_envFile).SecretValues());
        return string.Concat(File.ReadLines(_logFile).TakeLast(15).Select(line => $"\n    {redactor.Redact(line)}"));
    }
}
