using System.Buffers.Binary;

namespace Seidra.Database;

/// <summary>128-bit hashes as the 16 bytes that the ledger keeps.</summary>
internal static class HashBytes
{
    public static byte[] Of(UInt128 hash)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        return bytes;
    }

    public static UInt128 Read(byte[] bytes) => BinaryPrimitives.ReadUInt128BigEndian(bytes);
}
