using System.Text.Json.Nodes;
using Cake.Core;
using Cake.Frosting;
using Seidra.Configuration;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Lifetime;
using Seidra.Cutover.Movement;
using Seidra.Cutover.Steps;
using Seidra.Database;
using Seidra.Delivery;
using Seidra.Journal;

namespace Seidra.Cutover.Contexts;

/// <summary>The one context: a facet for each stage, so that a task sees only what its stage may touch.</summary>
[TaskArgument("settings", "The settings file (default seidra.yaml; without one, an embedded rehearsal runs)", ValueName = "FILE")]
[TaskArgument("profile", "Rehearse: embedded (SQLite and directories) or services (PostgreSQL and S3)", ValueName = "NAME", Values = "embedded|services")]
[TaskArgument("state", "The state folder (default .seidra)", ValueName = "DIR")]
[TaskArgument("set", "Override one setting, e.g. media.parallelism=32; may be repeated", ValueName = "KEY=VALUE")]
[TaskArgument("lang", "Language of checklist and report", ValueName = "LANG", Values = "en|fr")]
[TaskArgument("rehearsal-rows", "Rows of the rehearsal's Classic (default 20000)", ValueName = "N")]
[TaskArgument("rehearsal-objects", "Media objects of the rehearsal's Classic (default 5000)", ValueName = "N")]
[ExitCode(0, "done")]
[ExitCode(ExitCodes.StepFailed, "a step failed; Classic still serves")]
[ExitCode(ExitCodes.Usage, "wrong usage or settings; nothing was changed")]
[ExitCode(ExitCodes.GateRefused, "a gate said no, or an approval is awaited")]
[ExitCode(ExitCodes.RolledBack, "failed after the freeze and was rolled back; Classic serves again")]
[ExitCode(ExitCodes.Inconclusive, "inconclusive: a check compared nothing")]
[ExitCode(ExitCodes.LockHeld, "another run holds the lock")]
[ExitCode(ExitCodes.Cancelled, "cancelled by a signal")]
public sealed class CutoverContext : FrostingContext,
    IPreparationContext, IUpgradeContext, IValidationContext, IProductionContext, IChecklistContext, IOperationsContext, IRepositoryContext
{
    private readonly CancellationTokenSource _stop;
    private readonly RunConsole _screen;

    /// <summary>Made once by the host; opens nothing.</summary>
    /// <param name="context">Cake's own context.</param>
    /// <param name="stop">The host's source that SIGINT and SIGTERM cancel; absent under the official host.</param>
    public CutoverContext(ICakeContext context, CancellationTokenSource? stop = null)
        : base(context)
    {
        _stop = stop ?? new CancellationTokenSource();
        Request = RunRequest.Of(Arguments);
        _screen = new RunConsole(context.Log, Request.Language);
    }

    /// <summary>What the command line asks of this run.</summary>
    public RunRequest Request { get; }

    /// <summary>The open run; <c>null</c> until the lifetime opens it, and for targets that need none.</summary>
    public Session? Session { get; private set; }

    /// <inheritdoc/>
    public StepRunner Steps => field ??= new(Open.Journal, _screen, Freeze, _stop.Token);

    /// <inheritdoc/>
    public SeidraSettings Settings => Open.Settings;

    /// <inheritdoc cref="IStepContext.State"/>
    public StatePaths State => Request.State;

    /// <inheritdoc cref="IStepContext.Cancellation"/>
    public CancellationToken Cancellation => Session is null ? _stop.Token : Freeze.Token;

    /// <inheritdoc/>
    public IRunConsole Screen => _screen;

    /// <inheritdoc/>
    public DatabaseEndpoint ClassicDatabase => Kit.ClassicDatabase;

    /// <inheritdoc/>
    public DatabaseEndpoint UltimateDatabase => Kit.UltimateDatabase;

    /// <inheritdoc/>
    public DatabaseEndpoint ScratchDatabase => Kit.ScratchDatabase;

    /// <inheritdoc/>
    public PgTools PgTools => Kit.PgTools;

    /// <inheritdoc/>
    public BackupPlaces Backup => Kit.Backup;

    /// <inheritdoc/>
    public DatabaseMovement Rows => Kit.Rows;

    /// <inheritdoc/>
    public MediaMovement Media => Kit.Media;

    /// <inheritdoc/>
    public GitClient Git => Kit.Git;

    /// <inheritdoc/>
    public string Clone => Kit.Clone;

    /// <inheritdoc/>
    public string? Versions => AlembicFolder.Find(Clone);

    /// <inheritdoc/>
    public Stack Staging => Kit.Staging;

    /// <inheritdoc/>
    public Stack Production => Kit.Production;

    /// <inheritdoc/>
    public StackSecrets StackSecrets => Kit.StackSecrets;

    /// <inheritdoc/>
    public ISecretStore Secrets => Kit.Secrets;

    /// <inheritdoc/>
    public UltimateHealth UltimateHealth => Kit.UltimateHealth;

    /// <inheritdoc/>
    public ITrafficSwitch? Traffic => Kit.Traffic;

    /// <inheritdoc/>
    public WriteFreezeWindow Freeze => Kit.Freeze;

    /// <inheritdoc/>
    public int GraceHours => Settings.Release.GraceHours;

    /// <inheritdoc cref="IProductionContext.WayBack"/>
    public WayBack WayBack => Kit.WayBack;

    /// <inheritdoc/>
    public ProcessRunner Processes => Session is null ? field ??= new() : Kit.Processes;

    /// <inheritdoc/>
    public JournalSnapshot Journal => Open.Journal.Snapshot;

    /// <inheritdoc/>
    public Preflight Preflight => field ??= new(ClassicDatabase, UltimateDatabase, Media, Rows);

    /// <inheritdoc/>
    public UndoPlayer Undo => field ??= new(
        Open.Journal, _screen, ClassicDatabase, Traffic, WayBack,
        new Dictionary<string, Stack> { [Staging.Name] = Staging, [Production.Name] = Production }, Arguments.HasArgument("accept-loss"));

    /// <inheritdoc/>
    public string Language => Request.Language;

    /// <inheritdoc/>
    public bool Json => Arguments.HasArgument("json");

    /// <inheritdoc/>
    public string Repository => ProgramInfo.Repository;

    private Session Open => Session ?? throw new InvalidOperationException("This task needs an open run, and the lifetime opened none: is it a step?");

    // In a rehearsal the world boots the services recorded here, as an init system would.
    private string ServiceFolder => Path.Combine(Open.World is null ? State.Root : State.Sandbox, "services");

    private Composition Kit => field ??= new(Settings, State, ServiceFolder, _screen, _stop.Token);

    /// <summary>Opens the run for <paramref name="target"/>.</summary>
    public async Task OpenAsync(string target) => Session = await Session.OpenAsync(Request, target, _screen, _stop.Token);

    /// <inheritdoc/>
    public Evidence? EvidenceOf(string step) =>
        Journal.Steps.GetValueOrDefault(step) is { Status: StepStatus.Passed, Evidence: var evidence } ? evidence : null;

    /// <inheritdoc/>
    public DateTimeOffset? StartOf(string step) => Journal.Steps.GetValueOrDefault(step)?.StartedAt;

    /// <inheritdoc/>
    public void Record(string fact, JsonNode value) => Open.Journal.Fact(fact, value);

    /// <inheritdoc/>
    public async Task<bool> IsSwitchedAsync() => EvidenceOf("CatchUp") is not null && await Freeze.IsSwitchedAsync();

    /// <inheritdoc/>
    public Task<ProbeReading?> ReadProbeAsync() => Open.ReadProbeAsync(_stop.Token);

    /// <inheritdoc/>
    public JournalSnapshot ReadJournal() => MigrationJournal.Read(State.Root);

    /// <inheritdoc cref="IOperationsContext.Argument"/>
    public string? Argument(string name) => Arguments.GetArgument(name);
}
