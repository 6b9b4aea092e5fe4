namespace Seidra.Sandbox.Machines;

/// <summary>Brings missing server programs where that is possible, and names the remedy where it is not.</summary>
public sealed class Installs
{
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    private readonly bool mayInstall;
    private readonly Func<IReadOnlyList<string>, CancellationToken, Task> aptGet;

    internal Installs(bool mayInstall, Func<IReadOnlyList<string>, CancellationToken, Task> aptGet)
    {
        this.mayInstall = mayInstall;
        this.aptGet = aptGet;
    }

    /// <summary>This machine: root with apt-get installs, anybody else is told what to type.</summary>
    public static Installs Machine { get; } = new(Environment.IsPrivilegedProcess && Programs.Find("apt-get") is not null, RunAptGetAsync);

    /// <summary>Whether a missing requirement could be installed by this process.</summary>
    public bool CanInstall => mayInstall;

    /// <summary>Leaves the requirement present: does nothing where it is, installs it where that is possible.</summary>
    /// <param name="requirement">What is needed.</param>
    /// <param name="log">Gets one line when something is installed.</param>
    /// <param name="ct">Cancels the installation.</param>
    /// <exception cref="SandboxException">It is missing and cannot be installed from here; the message says what to type.</exception>
    public async Task EnsureAsync(Requirement requirement, Action<string>? log = null, CancellationToken ct = default)
    {
        if (requirement.IsPresent())
            return;
        if (!mayInstall)
            throw new SandboxException($"Expected {requirement.What}, found none; install it with `{requirement.Remedy}` and run the same command again.");
        await OneAtATime.WaitAsync(ct);
        try
        {
            if (!requirement.IsPresent())
                await InstallAsync(requirement, log, ct);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private async Task InstallAsync(Requirement requirement, Action<string>? log, CancellationToken ct)
    {
        log?.Invoke($"{requirement.What} is missing: installing {string.Join(' ', requirement.Packages)} with apt-get");
        try
        {
            await aptGet(["update"], ct);
            using var held = requirement.WhileInstalling?.Invoke();
            await aptGet(["install", "--yes", "--no-install-recommends", .. requirement.Packages], ct);
        }
        catch (SandboxException error)
        {
            throw new SandboxException($"Expected apt-get to bring {requirement.What}, found: {error.Message} Install it with `{requirement.Remedy}` and run the same command again.", error);
        }

        if (!requirement.IsPresent())
            throw new SandboxException($"Expected {requirement.What} after installing {string.Join(' ', requirement.Packages)}, still found none; this distribution's packages are too old or lie elsewhere.");
    }

    private static async Task RunAptGetAsync(IReadOnlyList<string> arguments, CancellationToken ct) =>
        await Command.RunAsync(
            "apt-get",
            ["-o", "DPkg::Lock::Timeout=300", .. arguments],
            ct,
            environment: new Dictionary<string, string?> { ["DEBIAN_FRONTEND"] = "noninteractive" });
}
