namespace Seidra.Database;

/// <summary>What a value of Classic is, as its engine hands it out.</summary>
internal enum RawKind : byte
{
    /// <summary>NULL.</summary>
    Null,

    /// <summary>A whole number: SQLite's INTEGER, PostgreSQL's integer types.</summary>
    Integer,

    /// <summary>A floating number: SQLite's REAL, PostgreSQL's double precision and real.</summary>
    Float,

    /// <summary>PostgreSQL's boolean; <see cref="RawValue.Number"/> is 0 or 1.</summary>
    Boolean,

    /// <summary>PostgreSQL's timestamp, zoned or not: <see cref="RawValue.Number"/> is microseconds since 2000-01-01 UTC.</summary>
    Timestamp,

    /// <summary>Text in UTF-8, not yet checked.</summary>
    Text,

    /// <summary>SQLite's BLOB, or text that is not well-formed in the file's encoding.</summary>
    Blob,
}

/// <summary>One value in the engine's own buffer; good until the next row is read.</summary>
internal readonly ref struct RawValue(RawKind kind, long number, double real, ReadOnlySpan<byte> bytes)
{
    public RawKind Kind { get; } = kind;

    /// <summary>Of <see cref="RawKind.Integer"/>, <see cref="RawKind.Boolean"/>, <see cref="RawKind.Timestamp"/>.</summary>
    public long Number { get; } = number;

    /// <summary>Of <see cref="RawKind.Float"/>.</summary>
    public double Real { get; } = real;

    /// <summary>Of <see cref="RawKind.Text"/> and <see cref="RawKind.Blob"/>.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public bool IsNull => Kind == RawKind.Null;
}
