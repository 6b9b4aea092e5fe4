using System.Buffers.Text;
using System.Text;

namespace Seidra.Database;

/// <summary>
/// The same UUIDs as <see cref="StableUuid"/>, for numbers, written as text. Rows come in the order of their numbers, so eight
/// neighbours are hashed at once, which costs little more than one.
/// </summary>
internal sealed class StableUuidWriter
{
    /// <summary>The length of the text.</summary>
    public const int Bytes = 36;

    private const int UuidBytes = 16;
    private readonly byte[] _prefix;
    private readonly byte[] _group = new byte[Sha1Blocks.Lanes * Sha1Blocks.HashBytes];
    private readonly byte[] _blocks = new byte[Sha1Blocks.Lanes * Sha1Blocks.BlockBytes];
    private readonly bool _fits;
    private long? _last;
    private long? _held;

    public StableUuidWriter(string table)
    {
        var name = Encoding.UTF8.GetBytes($"{table}/");
        _prefix = new byte[UuidBytes + name.Length];
        StableUuid.Namespace.TryWriteBytes(_prefix, bigEndian: true, out _);
        name.CopyTo(_prefix, UuidBytes);
        // The longest number has 20 characters.
        _fits = _prefix.Length + 20 <= Sha1Blocks.LongestMessage;
        if (_fits)
        {
            for (var lane = 0; lane < Sha1Blocks.Lanes; lane++)
                _prefix.CopyTo(_blocks, lane * Sha1Blocks.BlockBytes);
        }
    }

    /// <summary>Writes the UUID of a row.</summary>
    /// <param name="number">Classic's number.</param>
    /// <param name="into">At least <see cref="Bytes"/> bytes.</param>
    public void Write(long number, Span<byte> into)
    {
        if (!_fits)
        {
            Encoding.ASCII.GetBytes(StableUuid.Of(Encoding.UTF8.GetString(_prefix.AsSpan(UuidBytes..^1)), new KeyId(number, null)), into);
            return;
        }

        var group = number & ~(Sha1Blocks.Lanes - 1L);
        var lane = (int)(number - group);
        if (group != _held)
        {
            // One number alone costs less; neighbours of the last one will be asked for next.
            var neighbours = Sha1Blocks.IsFast && (group == _last || group == _last + Sha1Blocks.Lanes);
            _last = group;
            if (!neighbours)
            {
                Prepare(number, 0);
                Sha1Blocks.HashOne(_blocks, _group);
                _held = null;
                Format(_group, into);
                return;
            }

            for (var index = 0; index < Sha1Blocks.Lanes; index++)
                Prepare(group + index, index);
            Sha1Blocks.HashAll(_blocks, _group);
            _held = group;
        }

        Format(_group.AsSpan(lane * Sha1Blocks.HashBytes, Sha1Blocks.HashBytes), into);
    }

    private void Prepare(long number, int lane)
    {
        var block = _blocks.AsSpan(lane * Sha1Blocks.BlockBytes, Sha1Blocks.BlockBytes);
        Utf8Formatter.TryFormat(number, block[_prefix.Length..], out var digits);
        Sha1Blocks.Pad(block, _prefix.Length + digits);
    }

    private static void Format(ReadOnlySpan<byte> hash, Span<byte> into)
    {
        Span<byte> uuid = stackalloc byte[UuidBytes];
        hash[..UuidBytes].CopyTo(uuid);
        // Version 5 and the variant of RFC 9562.
        uuid[6] = (byte)((uuid[6] & 0x0F) | 0x50);
        uuid[8] = (byte)((uuid[8] & 0x3F) | 0x80);
        new Guid(uuid, bigEndian: true).TryFormat(into, out _, "D");
    }
}
