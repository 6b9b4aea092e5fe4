using System.Security.Cryptography;

namespace Seidra.Media;

/// <summary>A small object held in memory with its hash, so that a store can sign and repeat it.</summary>
internal sealed class BufferedObject(byte[] buffer, int length) : MemoryStream(buffer, 0, length, writable: false)
{
    /// <summary>Up to here objects are held whole: one request then carries both digests and can be repeated.</summary>
    public const int AtMost = 1024 * 1024;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = buffer.AsMemory(0, length);

    /// <summary>SHA-256 of the bytes, lower-case hex.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(buffer.AsSpan(0, length)));
}
