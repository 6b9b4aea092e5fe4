using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace Seidra.Database;

/// <summary>
/// SHA-1 (FIPS 180-4) of messages of one block, one at a time or eight side by side: RFC 9562 prescribes it for names, and a
/// general implementation takes longer to set up than to hash.
/// </summary>
internal static class Sha1Blocks
{
    /// <summary>Messages side by side.</summary>
    public const int Lanes = 8;

    public const int BlockBytes = 64;

    public const int HashBytes = 20;

    /// <summary>The longest message of one block, in bytes: padding takes nine.</summary>
    public const int LongestMessage = BlockBytes - 9;

    private const int Words = 16;
    private const int Rounds = 80;
    private static readonly uint[] _start = [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0];

    /// <summary>Whether eight side by side take less than eight times one.</summary>
    public static bool IsFast => Vector256.IsHardwareAccelerated;

    /// <summary>Ends the message in a block.</summary>
    public static void Pad(Span<byte> block, int length)
    {
        block[length] = 0x80;
        block[(length + 1)..(BlockBytes - sizeof(ulong))].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(block[(BlockBytes - sizeof(ulong))..], (ulong)length * 8);
    }

    /// <summary>The hash of the first block.</summary>
    public static void HashOne(ReadOnlySpan<byte> block, Span<byte> hash)
    {
        Span<uint> w = stackalloc uint[Rounds];
        for (var t = 0; t < Words; t++)
            w[t] = BinaryPrimitives.ReadUInt32BigEndian(block[(t * sizeof(uint))..]);
        for (var t = Words; t < Rounds; t++)
            w[t] = BitOperations.RotateLeft(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
        var (a, b, c, d, e) = (_start[0], _start[1], _start[2], _start[3], _start[4]);
        for (var t = 0; t < 20; t++)
            (a, b, c, d, e) = (BitOperations.RotateLeft(a, 5) + (d ^ (b & (c ^ d))) + 0x5A827999 + e + w[t], a, BitOperations.RotateLeft(b, 30), c, d);
        for (var t = 20; t < 40; t++)
            (a, b, c, d, e) = (BitOperations.RotateLeft(a, 5) + (b ^ c ^ d) + 0x6ED9EBA1 + e + w[t], a, BitOperations.RotateLeft(b, 30), c, d);
        for (var t = 40; t < 60; t++)
            (a, b, c, d, e) = (BitOperations.RotateLeft(a, 5) + ((b & c) | (d & (b | c))) + 0x8F1BBCDC + e + w[t], a, BitOperations.RotateLeft(b, 30), c, d);
        for (var t = 60; t < Rounds; t++)
            (a, b, c, d, e) = (BitOperations.RotateLeft(a, 5) + (b ^ c ^ d) + 0xCA62C1D6 + e + w[t], a, BitOperations.RotateLeft(b, 30), c, d);
        Span<uint> sums = [a + _start[0], b + _start[1], c + _start[2], d + _start[3], e + _start[4]];
        for (var index = 0; index < sums.Length; index++)
            BinaryPrimitives.WriteUInt32BigEndian(hash[(index * sizeof(uint))..], sums[index]);
    }

    /// <summary>The hashes of eight blocks.</summary>
    public static void HashAll(ReadOnlySpan<byte> blocks, Span<byte> hashes)
    {
        Span<Vector256<uint>> w = stackalloc Vector256<uint>[Rounds];
        for (var t = 0; t < Words; t++)
        {
            for (var lane = 0; lane < Lanes; lane++)
                w[t] = w[t].WithElement(lane, BinaryPrimitives.ReadUInt32BigEndian(blocks[((lane * BlockBytes) + (t * sizeof(uint)))..]));
        }

        for (var t = Words; t < Rounds; t++)
            w[t] = Rotate(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
        var (a, b, c, d, e) = (Vector256.Create(_start[0]), Vector256.Create(_start[1]), Vector256.Create(_start[2]), Vector256.Create(_start[3]), Vector256.Create(_start[4]));
        for (var t = 0; t < 20; t++)
            (a, b, c, d, e) = (Rotate(a, 5) + (d ^ (b & (c ^ d))) + Vector256.Create(0x5A827999u) + e + w[t], a, Rotate(b, 30), c, d);
        for (var t = 20; t < 40; t++)
            (a, b, c, d, e) = (Rotate(a, 5) + (b ^ c ^ d) + Vector256.Create(0x6ED9EBA1u) + e + w[t], a, Rotate(b, 30), c, d);
        for (var t = 40; t < 60; t++)
            (a, b, c, d, e) = (Rotate(a, 5) + ((b & c) | (d & (b | c))) + Vector256.Create(0x8F1BBCDCu) + e + w[t], a, Rotate(b, 30), c, d);
        for (var t = 60; t < Rounds; t++)
            (a, b, c, d, e) = (Rotate(a, 5) + (b ^ c ^ d) + Vector256.Create(0xCA62C1D6u) + e + w[t], a, Rotate(b, 30), c, d);
        ReadOnlySpan<Vector256<uint>> sums = [a, b, c, d, e];
        for (var index = 0; index < sums.Length; index++)
        {
            for (var lane = 0; lane < Lanes; lane++)
                BinaryPrimitives.WriteUInt32BigEndian(hashes[((lane * HashBytes) + (index * sizeof(uint)))..], sums[index].GetElement(lane) + _start[index]);
        }
    }

    private static Vector256<uint> Rotate(Vector256<uint> value, int bits) => (value << bits) | (value >>> (32 - bits));
}
