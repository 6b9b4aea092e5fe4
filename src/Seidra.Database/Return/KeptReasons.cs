namespace Seidra.Database;

/// <summary>The reasons that stand in <c>seidra_cutover_kept</c>. Stable: reports count by them.</summary>
internal static class KeptReasons
{
    /// <summary>Classic has no such table.</summary>
    public const string NoTable = "no-table";

    /// <summary>Classic has no such column.</summary>
    public const string NoColumn = "no-column";

    /// <summary>Classic's column cannot hold this value exactly.</summary>
    public const string NotExpressible = "not-expressible";

    /// <summary>Classic's database refused the value or the row.</summary>
    public const string Refused = "refused";

    /// <summary>Where the file lies in Classic is not known.</summary>
    public const string PathUnknown = "media-path-unknown";

    /// <summary>The row that it belongs to is not in Classic.</summary>
    public const string NoParent = "parent-not-in-classic";

    /// <summary>It belongs to Ultimate's own demo account.</summary>
    public const string DemoAccount = "demo-account";

    /// <summary>Classic holds several rows of this key.</summary>
    public const string DuplicateKey = "duplicate-key";

    /// <summary>Not a value of Ultimate but what Classic held before, where Ultimate had not all of it.</summary>
    public const string Overwritten = "overwritten";

    /// <summary>Reasons that may be gone when the row is tried again.</summary>
    public static IReadOnlyList<string> Mendable { get; } = [Refused, NoParent];
}
