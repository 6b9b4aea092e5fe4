namespace Seidra.Database;

/// <summary>
/// Numbers of transactions, a bit each, for they come dense. They count in a circle of 32 bits, in which "later" means less
/// than half a turn ahead.
/// </summary>
internal sealed class XidSet
{
    private readonly Dictionary<uint, ulong[]> _pages = [];
    private uint? _last;

    public void Add(uint xid)
    {
        if (!_pages.TryGetValue(xid >> 16, out var page))
            _pages.Add(xid >> 16, page = new ulong[1024]);
        page[(xid & 0xFFFF) >> 6] |= 1UL << (int)(xid & 63);
        if (_last is not { } last || IsFrom(xid, last))
            _last = xid;
    }

    public void Add(XidSet other)
    {
        foreach (var (number, bits) in other._pages)
        {
            if (!_pages.TryGetValue(number, out var page))
                _pages.Add(number, page = new ulong[bits.Length]);
            for (var at = 0; at < bits.Length; at++)
                page[at] |= bits[at];
        }

        if (other._last is { } last && (_last is not { } mine || IsFrom(last, mine)))
            _last = last;
    }

    public bool Contains(uint xid) => _pages.TryGetValue(xid >> 16, out var page) && (page[(xid & 0xFFFF) >> 6] & (1UL << (int)(xid & 63))) != 0;

    /// <summary>Whether there is one that is this one or later.</summary>
    public bool ReachesTo(uint xid) => _last is { } last && IsFrom(last, xid);

    /// <summary>Whether a number is another or later.</summary>
    public static bool IsFrom(uint xid, uint other) => (int)(xid - other) >= 0;
}
