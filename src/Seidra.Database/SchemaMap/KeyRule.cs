namespace Seidra.Database;

/// <summary>How a table's key is made.</summary>
internal enum KeyKind
{
    /// <summary>A 32-bit number of 1 or more.</summary>
    Integer,

    /// <summary>UUID text of 36 characters.</summary>
    Uuid,

    /// <summary>Text, kept.</summary>
    Text,
}

/// <summary>The key of one table.</summary>
/// <param name="From">Names the key column may have in Classic.</param>
/// <param name="As">Its form in Ultimate.</param>
/// <param name="Reserved">Numbers that belong to Ultimate itself.</param>
/// <param name="KeepAs">Key of the table's JSON column under which the old id of a new UUID is kept.</param>
internal sealed record KeyRule(IReadOnlyList<string> From, KeyKind As, IReadOnlyList<long> Reserved, string? KeepAs)
{
    /// <summary>The key column of all of Ultimate's tables.</summary>
    public const string Column = "id";

    public TargetType Type => As == KeyKind.Integer ? TargetType.Integer : TargetType.Text;
}
