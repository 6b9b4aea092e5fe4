using System.Text.Json;

namespace Seidra.Sandbox.World;

/// <summary>What a world's data was made of. Settled by the first start; later starts serve what is there.</summary>
internal sealed record WorldMaking(string Profile, int Rows, int Objects, int Seed)
{
    /// <summary>The record in the folder; where there is none, this first start's wishes are put there.</summary>
    /// <exception cref="SandboxException">The folder belongs to a world of another profile.</exception>
    public static WorldMaking Settle(WorldLayout layout, WorldMaking wished)
    {
        if (!File.Exists(layout.MakingFile))
        {
            AtomicFile.Write(layout.MakingFile, JsonSerializer.Serialize(wished, WorldJson.Default.WorldMaking));
            return wished;
        }

        var made = JsonSerializer.Deserialize(File.ReadAllText(layout.MakingFile), WorldJson.Default.WorldMaking)!;
        return made.Profile == wished.Profile
            ? made
            : throw new SandboxException(
                $"Expected a world of the profile {wished.Profile} in {layout.Root}, found one of {made.Profile}; choose another --state or delete that folder.");
    }
}
