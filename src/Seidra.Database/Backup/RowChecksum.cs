using System.Globalization;
using System.IO.Hashing;

namespace Seidra.Database;

/// <summary>
/// Checksum of a set of rows, whatever their order: how many there are, and the sum modulo 2^128 of the 128-bit hash of each
/// row's canonical bytes. A sum, not an exclusive or: two equal rows must not cancel out.
/// </summary>
internal struct RowChecksum
{
    private UInt128 _sum;

    /// <summary>Rows added so far.</summary>
    public long Rows { get; private set; }

    /// <summary>The sum as 32 hexadecimal digits.</summary>
    public readonly string Sum => _sum.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Adds rows that were summed elsewhere.</summary>
    public void Add(RowChecksum rows)
    {
        _sum += rows._sum;
        Rows += rows.Rows;
    }

    /// <summary>Adds one row.</summary>
    /// <param name="row">The row's canonical bytes: the same row gives the same bytes on every server of the engine.</param>
    public void Add(ReadOnlySpan<byte> row)
    {
        _sum += XxHash128.HashToUInt128(row);
        Rows++;
    }
}
