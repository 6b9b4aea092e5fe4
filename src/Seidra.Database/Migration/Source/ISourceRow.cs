using System.IO.Hashing;

namespace Seidra.Database;

/// <summary>One row of Classic; good until the next one is read.</summary>
internal interface ISourceRow
{
    /// <summary>A value: null, long, double, string, byte[] (a BLOB) or <see cref="InvalidText"/>.</summary>
    object? this[int ordinal] { get; }

    /// <summary>Adds all values, as they are stored, to a hash: two rows with the same bytes are the same row.</summary>
    void AppendTo(XxHash128 hash);
}
