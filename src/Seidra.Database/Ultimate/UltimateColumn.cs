namespace Seidra.Database;

/// <summary>The types that Ultimate's columns have.</summary>
internal enum UltimateType
{
    /// <summary>32-bit integer.</summary>
    Integer,

    /// <summary>Text of limited length.</summary>
    Varchar,

    /// <summary>Text of any length.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Double precision.</summary>
    Float,

    /// <summary>Date and time without zone, holding UTC.</summary>
    Timestamp,

    /// <summary>JSON as text (PostgreSQL <c>json</c>, not <c>jsonb</c>).</summary>
    Json,
}

/// <summary>A column of Ultimate's head revision.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Length">Characters at most, for <see cref="UltimateType.Varchar"/>.</param>
internal sealed record UltimateColumn(string Name, UltimateType Type, int Length = 0)
{
    /// <summary>Whether it is the primary key.</summary>
    public bool IsKey { get; private init; }

    /// <summary>Whether it refuses NULL.</summary>
    public bool NotNull { get; private init; }

    /// <summary>Whether a UNIQUE constraint lies on it, besides any index.</summary>
    public bool IsUnique { get; private init; }

    /// <summary>The default value as plain text (<c>true</c>, <c>0</c>, <c>now</c>, or a string); null for none.</summary>
    public string? Default { get; private init; }

    /// <summary>The table that it refers to by <c>id</c>.</summary>
    public string? References { get; private init; }

    /// <summary>What a delete there does here; null for nothing (<c>NO ACTION</c>).</summary>
    public string? OnDelete { get; private init; }

    /// <summary>Makes it the primary key.</summary>
    public UltimateColumn Key() => this with { IsKey = true, NotNull = true };

    /// <summary>Makes it refuse NULL, with a default or without.</summary>
    public UltimateColumn Required(string? @default = null) => this with { NotNull = true, Default = @default };

    /// <summary>Makes it refuse NULL, filled with the time of the insert.</summary>
    public UltimateColumn Now() => Required("now");

    /// <summary>Makes its values unique.</summary>
    public UltimateColumn Unique() => this with { IsUnique = true };

    /// <summary>Makes it refer to another table's <c>id</c>.</summary>
    public UltimateColumn To(string table, string? onDelete) => this with { References = table, OnDelete = onDelete };
}
