using System.ComponentModel;
using System.Diagnostics;
using Seidra.Sandbox.Data;
using Seidra.Sandbox.Door;
using Seidra.Sandbox.Machines;
using Seidra.Sandbox.World;

namespace Seidra.Sandbox;

/// <summary>
/// A run's handle on the rehearsal: Classic with its data and clients, an empty place for Ultimate, and the front door
/// before both, in a process of their own that outlives the run.
/// </summary>
public sealed class RehearsalWorld
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestHang = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LongestNeighbour = TimeSpan.FromMinutes(2);

    private readonly WorldLayout layout;
    private readonly WorldFile world;

    private RehearsalWorld(WorldLayout layout, WorldFile world)
    {
        this.layout = layout;
        this.world = world;
    }

    /// <summary>Absolute path of the settings file that describes this world.</summary>
    public string SettingsFile => layout.SettingsFile;

    /// <summary>Where the world's parts are.</summary>
    public WorldEndpoints Endpoints => world.Endpoints;

    /// <summary>
    /// Attaches to the world of <see cref="WorldOptions.Directory"/>, or starts it (again) on the data that is there.
    /// Returns once Classic (after the switch: Ultimate) answers through the front door and the probe runs.
    /// </summary>
    /// <param name="options">What world is wanted.</param>
    /// <param name="log">Gets plain lines without secrets.</param>
    /// <param name="cancellation">Gives up; a world that was just being started is ended.</param>
    /// <exception cref="SandboxException">The world could not be started; the message names its log.</exception>
    public static async Task<RehearsalWorld> StartOrAttachAsync(WorldOptions options, Action<string>? log = null, CancellationToken cancellation = default)
    {
        SiteBuilders.Check(options.Profile);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Rows, ClassicRows.Fewest);
        var layout = new WorldLayout(options.Directory);
        try
        {
            return await StartOrAttachAsync(layout, options, log ?? (_ => { }), cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or Win32Exception)
        {
            throw new SandboxException($"Expected to start the rehearsal's world in {layout.Root}, found: {error.Message}; choose another --state or mend that.", error);
        }
    }

    /// <summary>The probe's figures up to now.</summary>
    /// <exception cref="SandboxException">The world does not answer.</exception>
    public async Task<ProbeFigures> FiguresAsync(CancellationToken cancellation = default)
    {
        using var client = new WorldClient(world);
        return await client.FiguresAsync(cancellation);
    }

    /// <summary>Holds the probe's record against the database of the side that the door serves now.</summary>
    /// <exception cref="SandboxException">The record or the database cannot be read.</exception>
    public async Task<WriteProof> ProveWritesAsync(CancellationToken cancellation = default)
    {
        using var client = new WorldClient(world);
        var target = await client.TargetAsync(cancellation);
        var url = target == DoorTarget.Ultimate
            ? DatabaseUrl.WithPassword(Endpoints.UltimateDatabaseUrl, world.UltimatePasswordFile)
            : DatabaseUrl.WithPassword(Endpoints.ClassicDatabaseUrl, world.ClassicPasswordFile);
        return await WriteAudit.RunAsync(layout.AcknowledgedFile, target, url);
    }

    /// <summary>Ends the world: probe, Ultimate's services, Classic, door, servers, in this order. The data stays.</summary>
    public async Task StopAsync()
    {
        await world.Process.StopAsync(LongestEnd);
        // Only after a killed world is any of them still there.
        await Task.WhenAll(RecordedService.ReadAll(layout, _ => { }).Values.Select(service => service.StopAsync()));
    }

    private static async Task<RehearsalWorld> StartOrAttachAsync(WorldLayout layout, WorldOptions options, Action<string> log, CancellationToken cancellation)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < LongestNeighbour; await Task.Delay(200, cancellation))
        {
            if (await TryAttachAsync(layout, options, log, cancellation) is { } attached)
                return attached;
            await EnsureProgramsAsync(options.Profile, log, cancellation);
            if (await new WorldLauncher(layout, options, log).StartAsync(cancellation) is { } started)
                return new RehearsalWorld(layout, started);
        }

        throw new SandboxException($"Expected the world in {layout.Root} to be ready or gone, found another process at work there for {LongestNeighbour.TotalMinutes:0} min; see {layout.WorldLog}");
    }

    private static async Task<RehearsalWorld?> TryAttachAsync(WorldLayout layout, WorldOptions options, Action<string> log, CancellationToken cancellation)
    {
        if (WorldFile.Read(layout) is not { Process.IsAlive: true } world)
            return null;
        if (world.Profile != options.Profile)
            throw new SandboxException($"Expected a world of the profile {options.Profile} in {layout.Root}, found one of {world.Profile}; choose another --state.");
        using var client = new WorldClient(world);
        if (await client.TryHoldOnAsync(ProcessIdentity.Current, cancellation))
            return new RehearsalWorld(layout, world);
        // A world that is ending takes its card away first and needs time for its servers; one that hangs gets none.
        var ending = !File.Exists(layout.WorldFile);
        if (!ending)
            log($"the world of process {world.Process.Pid} does not answer: ending it");
        await world.Process.StopAsync(ending ? LongestEnd : LongestHang);
        return null;
    }

    // Here and not in the world's process: an installation may take minutes, and the person should see it.
    private static async Task EnsureProgramsAsync(string profile, Action<string> log, CancellationToken cancellation)
    {
        if (profile != SiteBuilders.Services)
            return;
        await Installs.Machine.EnsureAsync(Requirement.Postgres, log, cancellation);
        if (Installs.Machine.CanInstall)
            await Installs.Machine.EnsureAsync(Requirement.CephGateway, log, cancellation);
    }
}
