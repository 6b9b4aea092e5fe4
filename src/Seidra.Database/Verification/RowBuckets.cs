using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Seidra.Database;

/// <summary>
/// Count and sum of row hashes, split by key into a fixed number of buckets: constant memory for any table, and a difference
/// narrows the rows to look at again to a thousandth.
/// </summary>
internal sealed class RowBuckets
{
    private const int Count = 1_024;
    private readonly (long Rows, UInt128 Sum)[] _buckets = new (long, UInt128)[Count];

    public long Rows { get; private set; }

    public void Add(string key, UInt128 hash)
    {
        ref var bucket = ref _buckets[IndexOf(key)];
        bucket.Rows++;
        bucket.Sum += hash;
        Rows++;
    }

    /// <summary>The buckets that differ.</summary>
    public IReadOnlyList<int> Differing(RowBuckets other) =>
        [.. Enumerable.Range(0, Count).Where(index => _buckets[index] != other._buckets[index])];

    public static int IndexOf(string key) => (int)(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(key.AsSpan())) % Count);
}
