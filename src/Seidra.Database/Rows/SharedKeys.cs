namespace Seidra.Database;

/// <summary>
/// Keys of a table in little memory, added and looked up by several threads at a time: a bit per number (pages of 65,536 where
/// there are any), 16 bytes per text.
/// </summary>
internal sealed class SharedKeys
{
    private const int PageBits = 16;
    private const int Pages = 1 << (31 - PageBits);
    private readonly ulong[]?[] _pages = new ulong[]?[Pages];
    private readonly Lock _lock = new();
    private readonly KeySet _others = new();

    public void Add(KeyId key)
    {
        if (!IsPaged(key))
        {
            lock (_lock)
                _others.Add(key);
            return;
        }

        var page = Volatile.Read(ref _pages[key.Number >> PageBits]);
        if (page is null)
        {
            var fresh = new ulong[1 << (PageBits - 6)];
            page = Interlocked.CompareExchange(ref _pages[key.Number >> PageBits], fresh, null) ?? fresh;
        }

        Interlocked.Or(ref page[Word(key.Number)], Bit(key.Number));
    }

    public bool Contains(KeyId key)
    {
        if (IsPaged(key))
            return Volatile.Read(ref _pages[key.Number >> PageBits]) is { } page && (Volatile.Read(ref page[Word(key.Number)]) & Bit(key.Number)) != 0;
        lock (_lock)
            return _others.Contains(key);
    }

    private static bool IsPaged(KeyId key) => key.IsNumber && key.Number is >= 0 and <= int.MaxValue;

    private static long Word(long number) => (number >> 6) & ((1 << (PageBits - 6)) - 1);

    private static ulong Bit(long number) => 1UL << (int)(number & 63);
}
