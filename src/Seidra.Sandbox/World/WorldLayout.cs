namespace Seidra.Sandbox.World;

/// <summary>The names of everything below a world's folder.</summary>
internal sealed class WorldLayout(string directory)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Root { get; } = Path.GetFullPath(directory);

    /// <summary>Who serves and where; there once the world is ready.</summary>
    public string WorldFile => Path.Combine(Root, "world.json");

    /// <summary>Held open by the one world that may serve from this folder.</summary>
    public string LockFile => Path.Combine(Root, "world.lock");

    /// <summary>What the data was made of.</summary>
    public string MakingFile => Path.Combine(Root, "making.json");

    public string PortsFile => Path.Combine(Root, "ports.json");

    public string DoorFile => Path.Combine(Root, "door.json");

    public string SettingsFile => Path.Combine(Root, "seidra.yaml");

    public string Secrets => Path.Combine(Root, "secrets");

    /// <summary>The token of the door's admin API.</summary>
    public string DoorTokenFile => Path.Combine(Secrets, "door-token");

    public string Logs => Path.Combine(Root, "logs");

    public string WorldLog => Path.Combine(Logs, "world.log");

    public string Services => Path.Combine(Root, "services");

    public string Probe => Path.Combine(Root, "probe");

    public string AcknowledgedFile => Path.Combine(Probe, "acknowledged.log");

    public string FiguresFile => Path.Combine(Probe, "figures.json");

    public string Classic => Path.Combine(Root, "classic");

    public string Ultimate => Path.Combine(Root, "ultimate");

    public string UltimateData => Path.Combine(Ultimate, "data");

    public string UltimateMedia => Path.Combine(UltimateData, "media");

    public string Repository => Path.Combine(Ultimate, "repository");

    public string Servers => Path.Combine(Root, "servers");

    /// <summary>Makes the folders that are not made by whoever fills them, each with mode 0700.</summary>
    public void Create()
    {
        foreach (var folder in new[] { Root, Secrets, Logs, Services, Probe, Classic, Ultimate, UltimateData, UltimateMedia, Servers })
        {
            Directory.CreateDirectory(folder);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(folder, OwnerOnly);
        }
    }
}
