namespace Seidra.Database;

/// <summary>One row of Classic, read twice as needed: by bytes where all is as usual, as objects where it is not.</summary>
internal interface IRawRow
{
    /// <summary>The value without a copy.</summary>
    RawValue Raw(int ordinal);

    /// <summary>The same as null, long, double, string, byte[] (a BLOB) or <see cref="InvalidText"/>, for converters and quarantine.</summary>
    object? this[int ordinal] { get; }
}
