using System.Text.Json;
using Seidra.Sandbox.World;

namespace Seidra.Sandbox.Door;

/// <summary>Which side the door serves. On disk before it counts, so that a restarted door never goes back by itself.</summary>
internal sealed class DoorTarget
{
    public const string Classic = "classic";
    public const string Ultimate = "ultimate";

    private readonly string file;
    private volatile string current;

    public DoorTarget(string file)
    {
        this.file = file;
        current = File.Exists(file) && JsonSerializer.Deserialize(File.ReadAllText(file), WorldJson.Default.DoorState) is { Target: Ultimate }
            ? Ultimate
            : Classic;
    }

    /// <summary>The side in service: <see cref="Classic"/> or <see cref="Ultimate"/>, also the name of its cluster.</summary>
    public string Current => current;

    /// <summary>Puts a side into service; false for a name that is none.</summary>
    public bool TrySet(string? target)
    {
        if (target is not (Classic or Ultimate))
            return false;
        AtomicFile.Write(file, JsonSerializer.Serialize(new DoorState(target), WorldJson.Default.DoorState));
        current = target;
        return true;
    }
}
