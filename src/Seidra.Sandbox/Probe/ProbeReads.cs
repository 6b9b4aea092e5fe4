namespace Seidra.Sandbox.Probe;

/// <summary>
/// What the probe reads, in turn: mostly one user's jobs (what people look at), now and then the newest jobs of all and a
/// media file. Paths are the same on both sides.
/// </summary>
/// <param name="User">A user who has jobs.</param>
/// <param name="MediaName">Name of a media file as the gallery asks for it.</param>
internal sealed record ProbeReads(string User, string MediaName)
{
    private const int Round = 10;

    /// <summary>The path of the read with this number.</summary>
    public string Path(long number) => (number % Round) switch
    {
        0 => "/api/jobs?limit=20",
        5 => $"/media/{Uri.EscapeDataString(MediaName)}",
        _ => $"/api/jobs?limit=20&username={Uri.EscapeDataString(User)}",
    };
}
