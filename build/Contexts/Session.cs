using Seidra.Configuration;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Journal;
using Seidra.Reporting;
using Seidra.Sandbox;

namespace Seidra.Cutover.Contexts;

/// <summary>One open run: its settings, its lock, its journal, and in a rehearsal the world that it runs against.</summary>
public sealed class Session : IDisposable
{
    private readonly RunLock _lock;

    private Session(RunRequest request, RunLock runLock, MigrationJournal journal)
    {
        Request = request;
        _lock = runLock;
        Journal = journal;
    }

    /// <summary>What the command line asked for.</summary>
    public RunRequest Request { get; }

    /// <summary>The journal, open for writing.</summary>
    public MigrationJournal Journal { get; }

    /// <summary>The rehearsal's world; <c>null</c> in a real migration.</summary>
    public RehearsalWorld? World { get; private set; }

    /// <summary>The settings of this migration.</summary>
    public SeidraSettings Settings { get; private set; } = null!;

    /// <summary>Opens a run: nothing is touched before the settings are known to be good and the lock is ours.</summary>
    public static async Task<Session> OpenAsync(RunRequest request, string target, IRunConsole screen, CancellationToken cancellation)
    {
        var settings = request.SettingsFile is { } file ? Load(request, file) : null;
        var instance = settings?.Instance ?? $"rehearsal-{request.Profile}";
        RefuseOtherInstance(request.State, instance);
        if (request.IsRehearsal)
        {
            RefuseWrongOverrides(request);
        }

        var runLock = RunLock.Acquire(request.State.Root, target);
        Session? session = null;
        try
        {
            session = new Session(request, runLock, MigrationJournal.Open(request.State.Root, instance));
            session.Journal.RunStarted(NewRun(request, target));
            if (request.IsRehearsal)
            {
                screen.Line(StepText.Rehearsal(request.Profile, request.Language));
            }

            session.World = request.IsRehearsal ? await StartWorldAsync(request, screen, cancellation) : null;
            session.Settings = settings ?? Load(request, session.World!.SettingsFile);
            return session;
        }
        catch
        {
            if (session?.World is { } world)
            {
                await world.StopAsync();
            }

            session?.Journal.Dispose();
            runLock.Dispose();
            throw;
        }
    }

    /// <summary>What the client probe saw so far, and whether the serving side holds all that it acknowledged.</summary>
    public async Task<ProbeReading?> ReadProbeAsync(CancellationToken cancellation)
    {
        if (World is null)
        {
            return null;
        }

        var proof = await World.ProveWritesAsync(cancellation);
        var figures = await World.FiguresAsync(cancellation);
        return new ProbeReading(
            figures.Requests, figures.Failed, proof.Acknowledged, proof.Lost, proof.Doubled, figures.WritePauseMs, figures.DowntimeMs);
    }

    /// <summary>Closes the journal and gives the lock back.</summary>
    public void Dispose()
    {
        Journal.Dispose();
        _lock.Dispose();
    }

    // A damaged or foreign journal is found before anything is made in the folder that holds it.
    private static void RefuseOtherInstance(StatePaths state, string instance)
    {
        if (MigrationJournal.Read(state.Root).Instance is { } found && found != instance)
        {
            throw new StepException(
                ExitCodes.Usage,
                $"The state folder {state.Root} holds the journal of '{found}', expected '{instance}'. Give this migration its own folder: --state=DIR");
        }
    }

    // A rehearsal's settings come with its world; what command line and environment get wrong is told before that is made.
    private static void RefuseWrongOverrides(RunRequest request)
    {
        try
        {
            Load(request, file: null);
        }
        catch (SettingsException error)
        {
            var wrong = error.Problems
                .Where(problem => problem.Key.StartsWith("SEIDRA__", StringComparison.Ordinal) || request.Sets.Any(set => set.Key == problem.Key))
                .ToList();
            if (wrong.Count > 0)
            {
                throw new StepException(ExitCodes.Usage, string.Join('\n', wrong), error);
            }
        }
    }

    private static SeidraSettings Load(RunRequest request, string? file) => SettingsLoader.Load(
        new SettingsSources(file, request.Sets, Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "")));

    private static Task<RehearsalWorld> StartWorldAsync(RunRequest request, IRunConsole screen, CancellationToken cancellation) =>
        RehearsalWorld.StartOrAttachAsync(
            new WorldOptions(request.State.Sandbox, request.Profile, request.RehearsalRows, request.RehearsalObjects), screen.Line, cancellation);

    private static RunInfo NewRun(RunRequest request, string target) => new(
        Guid.NewGuid().ToString("n"),
        target,
        request.Profile,
        ProgramInfo.Version,
        Environment.MachineName,
        Environment.ProcessId,
        Environment.UserName,
        DateTimeOffset.UtcNow,
        null,
        null);
}
