using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Seidra.Database;

/// <summary>
/// The keys of a table in little memory: a bit per number (pages of 65,536 where there are any), 16 bytes per text. A million
/// dense numbers take 125 KB.
/// </summary>
internal sealed class KeySet
{
    private const int PageBits = 16;
    private readonly Dictionary<long, ulong[]> _pages = [];
    private readonly HashSet<UInt128> _texts = [];

    /// <summary>Adds a key; false where it was there.</summary>
    public bool Add(KeyId key)
    {
        if (!key.IsNumber)
            return _texts.Add(Hash(key.Text!));
        if (!_pages.TryGetValue(key.Number >> PageBits, out var page))
            _pages[key.Number >> PageBits] = page = new ulong[1 << (PageBits - 6)];
        var bit = 1UL << (int)(key.Number & 63);
        ref var word = ref page[(key.Number >> 6) & ((1 << (PageBits - 6)) - 1)];
        var fresh = (word & bit) == 0;
        word |= bit;
        return fresh;
    }

    public bool Contains(KeyId key) => key.IsNumber
        ? _pages.TryGetValue(key.Number >> PageBits, out var page) && (page[(key.Number >> 6) & ((1 << (PageBits - 6)) - 1)] & (1UL << (int)(key.Number & 63))) != 0
        : _texts.Contains(Hash(key.Text!));

    private static UInt128 Hash(string text) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(text.AsSpan()));
}
