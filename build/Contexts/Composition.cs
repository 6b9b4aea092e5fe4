using Seidra.Configuration;
using Seidra.Cutover.Movement;
using Seidra.Cutover.Steps;
using Seidra.Database;
using Seidra.Delivery;
using Seidra.Media;

namespace Seidra.Cutover.Contexts;

/// <summary>Builds the tools of a run from its settings, each once and only when a step asks for it.</summary>
public sealed class Composition(SeidraSettings settings, StatePaths state, IRunConsole screen, CancellationToken stop)
{
    /// <summary>Classic's database.</summary>
    public DatabaseEndpoint ClassicDatabase => field ??= Endpoint(settings.Classic.Database);

    /// <summary>Ultimate's database.</summary>
    public DatabaseEndpoint UltimateDatabase => field ??= Endpoint(settings.Ultimate.Database);

    /// <summary>The scratch database of the restore drill: on Ultimate's server, of Classic's kind.</summary>
    public DatabaseEndpoint ScratchDatabase => field ??= ClassicDatabase.Kind is DatabaseKind.Sqlite
        ? DatabaseEndpoint.Parse($"sqlite://{Path.Combine(state.Drill, "drill.db")}")
        : (UltimateDatabase.Kind is DatabaseKind.Postgres ? UltimateDatabase : ClassicDatabase).WithDatabase(settings.Ultimate.Database.Scratch);

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
        ClassicDatabase, UltimateDatabase, SchemaMap.Load(settings.Schema.Map), settings.Schema.AcceptUnmapped, Paths, screen);

    /// <summary>Moves media.</summary>
    public MediaMovement Media => field ??= new(
        Endpoint(settings.Classic.Media), settings.Ultimate.Media.Bucket is { } bucket ? Endpoint(bucket) : null,
        settings.Ultimate.Media.Directory, Paths, state, screen);

    /// <summary>Waits for health.</summary>
    public HealthProbe Health => field ??= new();

    /// <summary>Tries logins.</summary>
    public LoginProbe Login => field ??= new();

    /// <summary>The staging stack.</summary>
    public Stack Staging => field ??= StackOf("staging", settings.Staging, settings.Staging.Url, Path.Combine(state.Root, "staging", "ultimate.env"), 1);

    /// <summary>The production stack.</summary>
    public Stack Production => field ??= StackOf(
        "production", settings.Production, settings.Production.Url ?? settings.Ultimate.Url,
        settings.Secrets.File ?? Path.Combine(state.Root, "production", ".env"), settings.Production.HealthSuccesses);

    /// <summary>Production's secrets.</summary>
    public ISecretStore Secrets => field ??= new EnvFileSecretStore(Production.EnvFile);

    /// <summary>Fills environments.</summary>
    public StackSecrets StackSecrets => field ??= new(settings);

    /// <summary>The front door; <c>null</c> where none is configured.</summary>
    public ITrafficSwitch? Traffic => settings.Traffic.Provider is "door"
        ? field ??= new DoorTrafficSwitch(new Uri(settings.Traffic.AdminUrl!), settings.Traffic.AdminToken!.Reveal())
        : null;

    /// <summary>The write freeze.</summary>
    public WriteFreezeWindow Freeze => field ??= new(
        ClassicDatabase,
        Traffic,
        new FreezeOptions
        {
            Deadline = TimeSpan.FromSeconds(settings.Freeze.DeadlineSeconds),
            LockTimeout = TimeSpan.FromMilliseconds(settings.Freeze.LockTimeoutMs),
        },
        stop);

    /// <summary>Looks at Ultimate deeper than its health page.</summary>
    public UltimateHealth UltimateHealth => field ??= new(
        Health, UltimateDatabase, settings.Traffic.Url is { } door ? new Uri(door) : null, settings.Production.HealthSuccesses, TimeSpan.FromSeconds(15));

    private string BackupRoot => settings.Backup.Directory ?? Path.Combine(state.Root, "backup");

    private static DatabaseEndpoint Endpoint(DatabaseSettings database) => DatabaseEndpoint.Parse(database.Url, database.Password?.Reveal());

    private static MediaEndpoint Endpoint(MediaStoreSettings media) =>
        new(media.Url, media.Endpoint, media.Region, media.AccessKey?.Reveal(), media.SecretKey?.Reveal());

    private Stack StackOf(string name, StackSettings stack, string url, string envFile, int successes) => new(
        name,
        stack.Runtime is "compose"
            ? new ComposeRuntime(Processes, Clone, stack.ComposeFile, $"seidra-{name}", envFile, settings.Tools.Compose, screen.Line)
            : new ProcessRuntime(Path.Combine(ServiceFolder, $"{name}.json"), name, stack.Command, Clone, envFile, state.LogFile(name)),
        new Uri(url),
        envFile,
        TimeSpan.FromSeconds(stack.StartTimeoutSeconds),
        successes);

    // In a rehearsal the world boots the services recorded here, as an init system would.
    private string ServiceFolder => Path.Combine(state.Sandbox, "services");
}
