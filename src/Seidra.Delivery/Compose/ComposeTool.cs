namespace Seidra.Delivery;

/// <summary>The Compose at hand: the plugin of the docker program, or the program docker-compose.</summary>
/// <param name="Argv">What to run: <c>docker compose</c> or <c>docker-compose</c>.</param>
/// <param name="Version">Its version.</param>
public sealed record ComposeTool(IReadOnlyList<string> Argv, Version Version)
{
    // --wait came with 2.1.1, --wait-timeout with 2.18; both together from here on.
    private static readonly Version FirstWithWait = new(2, 18);

    /// <summary>Names of docker's own variables, handed on to it.</summary>
    internal static IReadOnlyList<string> Inherited { get; } =
        [.. ProcessEnvironment.Network, "DOCKER_HOST", "DOCKER_CONFIG", "DOCKER_CONTEXT", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH", "XDG_RUNTIME_DIR"];

    /// <summary>True where <c>up --wait --wait-timeout</c> exists.</summary>
    public bool CanWait => Version >= FirstWithWait;

    /// <summary>True for Compose 2 and later, which knows more options.</summary>
    public bool IsModern => Version.Major >= 2;

    /// <summary>Finds Compose: what the settings name, else the plugin, else docker-compose.</summary>
    /// <param name="runner">Runs the candidates.</param>
    /// <param name="configured">The command of the settings, for instance <c>docker compose</c>; null: look.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="DeliveryException">None answers; says what to install.</exception>
    public static async Task<ComposeTool> DetectAsync(ProcessRunner runner, string? configured = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(runner);
        string[][] candidates = string.IsNullOrWhiteSpace(configured)
            ? [["docker", "compose"], ["docker-compose"]]
            : [configured.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        foreach (var argv in candidates)
        {
            if (await VersionAsync(runner, argv, cancellation) is { } version) return new ComposeTool(argv, version);
        }

        throw new DeliveryException(string.IsNullOrWhiteSpace(configured)
            ? "Docker Compose: found neither \"docker compose\" nor \"docker-compose\". Install one, for instance: apt-get install docker.io docker-compose"
            : $"Docker Compose: tools.compose in the settings, \"{configured}\", does not answer to \"version --short\". Correct it.");
    }

    private static async Task<Version?> VersionAsync(ProcessRunner runner, string[] argv, CancellationToken cancellation)
    {
        if (!argv[0].Contains('/', StringComparison.Ordinal) && ExecutableFinder.Find(argv[0]) is null) return null;
        var result = await runner.RunAsync(
            new ProcessSpec { FileName = argv[0], Arguments = [.. argv[1..], "version", "--short"], Inherit = Inherited, Capture = true, Timeout = TimeSpan.FromSeconds(30) }, null, cancellation);
        var text = new string([.. result.Output.Trim().TrimStart('v').TakeWhile(c => char.IsAsciiDigit(c) || c == '.')]);
        return result.ExitCode == 0 && System.Version.TryParse(text, out var version) ? version : null;
    }
}
