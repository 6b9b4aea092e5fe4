namespace Seidra.Cutover.Bench;

/// <summary>A measured value that is no ratio to a peer.</summary>
/// <param name="Value">The value.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Bound">The limit; <c>null</c> where there is none.</param>
/// <param name="AtLeast">Whether the bound is the least value allowed; the greatest otherwise.</param>
internal sealed record Figure(double Value, string Unit, double? Bound = null, bool AtLeast = false)
{
    /// <summary>Whether the value keeps within its bound; NaN keeps none.</summary>
    public bool Holds => Bound is not { } bound || (AtLeast ? Value >= bound : Value <= bound);

    /// <inheritdoc/>
    public override string ToString() => Bound is { } bound
        ? FormattableString.Invariant($"{Value:0.###} {Unit} (at {(AtLeast ? "least" : "most")} {bound:0.###})")
        : FormattableString.Invariant($"{Value:0.###} {Unit}");
}
