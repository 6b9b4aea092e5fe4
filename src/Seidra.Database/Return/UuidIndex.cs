using System.Buffers.Binary;

namespace Seidra.Database;

/// <summary>
/// From Ultimate's keys back to Classic's where Ultimate no longer tells them: a deleted row, metadata that a client wrote
/// anew. A stable UUID cannot be turned around, so all of Classic's keys are turned forward once; 16 bytes per row.
/// </summary>
internal sealed class UuidIndex
{
    private readonly string _table;
    private readonly ulong[] _hashes;
    private readonly long[] _numbers;
    private readonly Dictionary<string, KeyId> _texts;

    private UuidIndex(string table, ulong[] hashes, long[] numbers, Dictionary<string, KeyId> texts)
    {
        _table = table;
        _hashes = hashes;
        _numbers = numbers;
        _texts = texts;
    }

    /// <summary>Turns all keys of a table of Classic.</summary>
    public static async Task<UuidIndex> BuildAsync(ReturnTable table, IAsyncEnumerable<KeyId> keys)
    {
        var (hashes, numbers) = (new List<ulong>(), new List<long>());
        var texts = new Dictionary<string, KeyId>(StringComparer.OrdinalIgnoreCase);
        await foreach (var key in keys)
        {
            if (key.IsNumber)
            {
                hashes.Add(Hash(StableUuid.Of(table.Name, key)));
                numbers.Add(key.Number);
            }
            else
            {
                texts[TargetKey(table.Name, key)] = key;
            }
        }

        var (sorted, by) = (hashes.ToArray(), numbers.ToArray());
        Array.Sort(sorted, by);
        return new UuidIndex(table.Name, sorted, by, texts);
    }

    /// <summary>The UUID that a key of Classic has on the way in.</summary>
    public static string TargetKey(string table, KeyId key) =>
        key.Text is { Length: 36 } text && Guid.TryParseExact(text, "D", out _) ? text : StableUuid.Of(table, key);

    /// <summary>Classic's key; null where none has this UUID.</summary>
    public KeyId? Find(string target)
    {
        if (_texts.TryGetValue(target, out var text))
            return text;
        var at = Guid.TryParseExact(target, "D", out _) ? Array.BinarySearch(_hashes, Hash(target)) : -1;
        while (at > 0 && _hashes[at - 1] == _hashes[at])
            at--;
        for (; at >= 0 && at < _hashes.Length && _hashes[at] == Hash(target); at++)
        {
            var key = new KeyId(_numbers[at], null);
            if (StableUuid.Of(_table, key).Equals(target, StringComparison.OrdinalIgnoreCase))
                return key;
        }

        return null;
    }

    private static ulong Hash(string uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.ParseExact(uuid, "D").TryWriteBytes(bytes, bigEndian: true, out _);
        // The last half: the version and variant bits are no help in telling keys apart, but harm little.
        return BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
    }
}
