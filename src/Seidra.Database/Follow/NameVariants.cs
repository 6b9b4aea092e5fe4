namespace Seidra.Database;

/// <summary>Tells from a name whose variant it could be (see <see cref="UniqueColumn"/>).</summary>
internal static class NameVariants
{
    private const string Mark = "classic-";

    /// <summary>The keys whose rows could want this name as a variant of another: <c>x-classic-7</c>, <c>x+classic-7-2@y</c>.</summary>
    public static IEnumerable<KeyId> KeysIn(string name)
    {
        var at = name.LastIndexOf(Mark, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            yield break;
        var rest = name[(at + Mark.Length)..];
        if (rest.LastIndexOf('@') is > 0 and var end)
            rest = rest[..end];
        if (KeyId.Of(rest) is { } whole)
            yield return whole;
        if (rest.LastIndexOf('-') is > 0 and var dash && KeyId.Of(rest[..dash]) is { } part)
            yield return part;
    }
}
