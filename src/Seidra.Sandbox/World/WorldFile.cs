using System.Text.Json;

namespace Seidra.Sandbox.World;

/// <summary>The world's card, <c>world.json</c> (0600): what a run needs to attach to it.</summary>
/// <param name="Process">The world's process.</param>
/// <param name="Profile">Its profile.</param>
/// <param name="AdminToken">Opens the door's admin API.</param>
/// <param name="LingerSeconds">How long it outlives its last run.</param>
/// <param name="Endpoints">Where its parts are.</param>
/// <param name="ClassicPasswordFile">File with the password of Classic's database, or null where it has none.</param>
/// <param name="UltimatePasswordFile">File with the password of Ultimate's database, or null where it has none.</param>
internal sealed record WorldFile(
    ProcessIdentity Process,
    string Profile,
    string AdminToken,
    int LingerSeconds,
    WorldEndpoints Endpoints,
    string? ClassicPasswordFile,
    string? UltimatePasswordFile)
{
    /// <summary>The card in the folder, or null where there is none or it cannot be understood (an older version's).</summary>
    public static WorldFile? Read(WorldLayout layout)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(layout.WorldFile), WorldJson.Default.WorldFile);
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Puts the card in place: from now on the world is ready.</summary>
    public void Write(WorldLayout layout) => AtomicFile.Write(layout.WorldFile, JsonSerializer.Serialize(this, WorldJson.Default.WorldFile));
}
