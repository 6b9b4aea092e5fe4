namespace Seidra.Sandbox;

/// <summary>
/// A run's handle on the rehearsal: Classic with its data and clients, an empty place for Ultimate, and the front door
/// before both, in a process of their own that outlives the run.
/// </summary>
public sealed class RehearsalWorld
{
    private RehearsalWorld(string settingsFile, WorldEndpoints endpoints)
    {
        SettingsFile = settingsFile;
        Endpoints = endpoints;
    }

    /// <summary>Absolute path of the settings file that describes this world.</summary>
    public string SettingsFile { get; }

    /// <summary>Where the world's parts are.</summary>
    public WorldEndpoints Endpoints { get; }

    /// <summary>
    /// Attaches to the world of <see cref="WorldOptions.Directory"/>, or starts it (again) on the data that is there.
    /// Returns once Classic answers through the front door and the probe runs.
    /// </summary>
    /// <exception cref="SandboxException">The world could not be started; the message names its log.</exception>
    public static Task<RehearsalWorld> StartOrAttachAsync(WorldOptions options, Action<string>? log = null, CancellationToken cancellation = default)
        => throw new SandboxException($"the world of {options.Directory} is not built in this revision; update the checkout");

    /// <summary>The probe's figures up to now.</summary>
    /// <exception cref="SandboxException">The world does not answer.</exception>
    public Task<ProbeFigures> FiguresAsync(CancellationToken cancellation = default)
        => throw new SandboxException($"the world of {SettingsFile} is not built in this revision; update the checkout");

    /// <summary>Holds the probe's record against the database of the side that the door serves now.</summary>
    /// <exception cref="SandboxException">The record or the database cannot be read.</exception>
    public Task<WriteProof> ProveWritesAsync(CancellationToken cancellation = default)
        => throw new SandboxException($"the world of {SettingsFile} is not built in this revision; update the checkout");

    /// <summary>Ends the world: probe, Ultimate's services, Classic, door, servers, in this order. The data stays.</summary>
    public Task StopAsync(CancellationToken cancellation = default)
        => throw new SandboxException($"the world of {SettingsFile} is not built in this revision; update the checkout");
}
