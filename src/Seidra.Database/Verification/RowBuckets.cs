using System.IO.Hashing;

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

    /// <summary>Adds a row.</summary>
    /// <param name="key">The key's field in the row's tuple.</param>
    /// <param name="hash">The tuple's hash.</param>
    public void Add(ReadOnlySpan<byte> key, UInt128 hash)
    {
        ref var bucket = ref _buckets[IndexOf(key)];
        bucket.Rows++;
        bucket.Sum += hash;
        Rows++;
    }

    /// <summary>Adds all of another reader's.</summary>
    public void Add(RowBuckets other)
    {
        for (var index = 0; index < Count; index++)
        {
            _buckets[index].Rows += other._buckets[index].Rows;
            _buckets[index].Sum += other._buckets[index].Sum;
        }

        Rows += other.Rows;
    }

    /// <summary>The buckets that differ.</summary>
    public IReadOnlyList<int> Differing(RowBuckets other) =>
        [.. Enumerable.Range(0, Count).Where(index => _buckets[index] != other._buckets[index])];

    public static int IndexOf(ReadOnlySpan<byte> key) => (int)(XxHash3.HashToUInt64(key) % Count);
}
