namespace Seidra.Cutover.Bench;

/// <summary>Ours divided by the peer's, or the greatest such quotient allowed; <c>null</c> where there is none.</summary>
/// <param name="Wall">Of the wall times.</param>
/// <param name="Cpu">Of the CPU times.</param>
/// <param name="Rss">Of the peak memories.</param>
internal sealed record Ratio(double? Wall, double? Cpu = null, double? Rss = null)
{
    /// <summary>The quotients of two costs.</summary>
    public static Ratio Of(Cost ours, Cost peer) =>
        new(Quotient(ours.WallS, peer.WallS), Quotient(ours.ClientCpuS, peer.ClientCpuS), Quotient(ours.RssMb, peer.RssMb));

    /// <summary>Each quotient that exceeds its bound, in words.</summary>
    public IEnumerable<string> Exceeding(Ratio bound)
    {
        (string Name, double? Value, double? Most)[] parts = [("wall", Wall, bound.Wall), ("cpu", Cpu, bound.Cpu), ("rss", Rss, bound.Rss)];
        return from part in parts
               where part.Most is not null && !(part.Value <= part.Most)
               select FormattableString.Invariant($"{part.Name} {part.Value:0.00}x of the peer's, at most {part.Most:0.##}x");
    }

    // What took no measurable time cannot be divided by.
    private static double? Quotient(double ours, double peer) => peer > 0 ? ours / peer : null;
}
