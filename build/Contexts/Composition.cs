using Seidra.Configuration;
using Seidra.Cutover.Movement;
using Seidra.Cutover.Steps;
using Seidra.Database;
using Seidra.Delivery;
using Seidra.Media;

namespace Seidra.Cutover.Contexts;

/// <summary>Builds the tools of a run from its settings, each once and only when a step asks for it.</summary>
public sealed class Composition(SeidraSettings settings, StatePaths state, string serviceFolder, IRunConsole screen, CancellationToken stop)
{
    /// <summary>Classic's database.</summary>
    public DatabaseEndpoint ClassicDatabase => field ??= DatabaseEndpoint.Parse(settings.Classic.Database.Url, settings.Classic.Database.Password?.Reveal());

    /// <summary>Ultimate's database.</summary>
    public DatabaseEndpoint UltimateDatabase => field ??= DatabaseEndpoint.Parse(settings.Ultimate.Database.Url, settings.Ultimate.Database.Password?.Reveal());

    /// <summary>The scratch database of the restore drill: on Ultimate's server, of Classic's kind.</summary>
    public DatabaseEndpoint ScratchDatabase => field ??= ClassicDatabase.Kind is DatabaseKind.Sqlite
        ? DatabaseEndpoint.Parse($"sqlite://{Path.Combine(state.Drill, "drill.db")}")
        : (UltimateDatabase.Kind is DatabaseKind.PostgreSql ? UltimateDatabase : ClassicDatabase).WithDatabase(settings.Ultimate.Database.Scratch);

    /// <summary>Where the backup lies.</summary>
    public BackupPlaces Backup => field ??= new(Path.Combine(BackupRoot, "database"), Path.Combine(BackupRoot, "media"));

    /// <summary>PostgreSQL's own programs.</summary>
    public PgTools PgTools => field ??= new(settings.Tools.PgBin);

    /// <summary>Runs programs.</summary>
    public ProcessRunner Processes => field ??= new();

    /// <summary>Git.</summary>
    public GitClient Git => field ??= new(Processes, settings.Tools.Git);

    /// <summary>The clone of Ultimate.</summary>
    public string Clone => settings.Staging.Directory ?? Path.Combine(state.Root, "staging", "ultimate");

    /// <summary>The flat names and where rows point.</summary>
    public MediaPaths Paths => field ??= new(
        new MediaKeys(settings.Classic.PathPrefixes), FlatNames.Open(state.FlatNames), settings.Ultimate.Media.Directory);

    /// <summary>Moves rows.</summary>
    public DatabaseMovement Rows => field ??= new(
        ClassicDatabase, UltimateDatabase, SchemaMap.Load(settings.Schema.Map), PlanOptions, Paths, screen);

    /// <summary>Moves media.</summary>
    public MediaMovement Media => field ??= new(
        Endpoint(settings.Classic.Media), settings.Ultimate.Media.Bucket is { } bucket ? Endpoint(bucket) : null,
        settings.Ultimate.Media.Directory, Paths, state, screen);

    /// <summary>The staging stack.</summary>
    public Stack Staging => field ??= StackOf(
        "staging", Runtime("staging", settings.Staging.Runtime, settings.Staging.ComposeFile, settings.Staging.Command, settings.Staging.StartTimeoutSeconds),
        settings.Staging.Url, StagingEnv, settings.Staging.StartTimeoutSeconds, 1);

    /// <summary>The production stack.</summary>
    public Stack Production => field ??= StackOf(
        "production", Runtime("production", settings.Production.Runtime, settings.Production.ComposeFile, settings.Production.Command, settings.Production.StartTimeoutSeconds),
        settings.Production.Url, ProductionEnv, settings.Production.StartTimeoutSeconds, settings.Production.HealthSuccesses);

    /// <summary>Production's secrets.</summary>
    public ISecretStore Secrets => field ??= new EnvFileSecretStore(Production.EnvFile);

    /// <summary>Fills environments.</summary>
    public StackSecrets StackSecrets => field ??= new(settings);

    /// <summary>The front door; <c>null</c> where none is configured.</summary>
    public ITrafficSwitch? Traffic => settings.Traffic.Provider is TrafficProvider.Door
        ? field ??= new DoorTrafficSwitch(settings.Traffic.AdminUrl!, settings.Traffic.AdminToken!.Reveal())
        : null;

    /// <summary>The write freeze.</summary>
    public WriteFreezeWindow Freeze => field ??= new(ClassicDatabase, Traffic, FreezeOptions, stop);

    /// <summary>The way back after the switch.</summary>
    public WayBack WayBack => field ??= new(ClassicDatabase, UltimateDatabase, Rows, Paths, Traffic, FreezeOptions, screen);

    /// <summary>Looks at Ultimate deeper than its health page.</summary>
    public UltimateHealth UltimateHealth => field ??= new(
        UltimateDatabase, settings.Traffic.Url, settings.Production.HealthSuccesses);

    private FreezeOptions FreezeOptions => new()
    {
        Deadline = TimeSpan.FromSeconds(settings.Freeze.DeadlineSeconds),
        LockTimeout = TimeSpan.FromMilliseconds(settings.Freeze.LockTimeoutMs),
    };

    private PlanOptions PlanOptions => new() { AcceptUnmapped = settings.Schema.AcceptUnmapped, DemoUsername = settings.Demo.Username };

    private string BackupRoot => settings.Backup.Directory ?? Path.Combine(state.Root, "backup");

    private string StagingEnv => Path.Combine(state.Root, "staging", "ultimate.env");

    private string ProductionEnv => settings.Secrets.File ?? Path.Combine(state.Root, "production", ".env");

    private static MediaEndpoint Endpoint(StoreSettings media) =>
        new(media.Url, media.Endpoint, media.Region, media.AccessKey?.Reveal(), media.SecretKey?.Reveal());

    private static Stack StackOf(string name, IRuntime runtime, string url, string envFile, int timeoutSeconds, int successes) =>
        new(name, runtime, new Uri(url), envFile, TimeSpan.FromSeconds(timeoutSeconds), successes);

    private IRuntime Runtime(string name, RuntimeKind kind, string composeFile, IReadOnlyList<string> command, int timeoutSeconds)
    {
        var envFile = name == "staging" ? StagingEnv : ProductionEnv;
        if (kind is RuntimeKind.Process)
        {
            return new ProcessRuntime(Path.Combine(serviceFolder, $"{name}.json"), name, command, state.Root, envFile, state.LogFile(name));
        }

        var project = new ComposeProject { ProjectName = $"seidra-{name}", File = [composeFile], EnvFile = [envFile], Directory = Clone };
        return new DeferredRuntime(async cancellation => new ComposeRuntime(
            Processes, await ComposeTool.DetectAsync(Processes, settings.Tools.Compose, cancellation), project, screen.Line)
        {
            StartTimeout = TimeSpan.FromSeconds(timeoutSeconds),
        });
    }
}
