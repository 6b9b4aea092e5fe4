namespace Seidra.Database;

/// <summary>What happens to text that is longer than its column.</summary>
internal enum Overflow
{
    /// <summary>The whole row goes to quarantine.</summary>
    Quarantine,

    /// <summary>The text is cut and the whole of it noted.</summary>
    Truncate,

    /// <summary>The default is taken and the text noted.</summary>
    Default,
}

/// <summary>How two values of a unique column are compared.</summary>
internal enum Uniqueness
{
    /// <summary>The column need not be unique.</summary>
    None,

    /// <summary>Character by character, as the unique index does.</summary>
    Exact,

    /// <summary>Without regard to case, as people and mail servers do.</summary>
    Folded,
}

/// <summary>How one column of Ultimate gets its value. The map file explains each key.</summary>
internal sealed record ColumnRule(string To, IReadOnlyList<string> From)
{
    public string Convert { get; init; } = "text";

    public int? Max { get; init; }

    public Overflow Overflow { get; init; } = Overflow.Quarantine;

    public string? Default { get; init; }

    public IReadOnlyList<string> Fallback { get; init; } = [];

    public bool Required { get; init; }

    public bool Noted { get; init; }

    public string? Reference { get; init; }

    public Uniqueness Unique { get; init; }

    /// <summary>All existing source columns are read and their booleans ORed.</summary>
    public bool Any { get; init; }

    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Settle { get; init; } = new Dictionary<string, string>();
}
