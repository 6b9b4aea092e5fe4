using System.Security.Cryptography;
using System.Text;

namespace Seidra.Database;

/// <summary>
/// UUIDs of version 5 (RFC 9562, section 5.5) for Classic's integer ids: the same row has the same UUID in every run and on
/// every machine. The name is <c>&lt;Ultimate's table&gt;/&lt;old id&gt;</c>.
/// </summary>
internal static class StableUuid
{
    /// <summary>
    /// The namespace of all of them: version 5 of "seidra-cutover" in the RFC's DNS namespace. It must never change: rows
    /// already moved would become other rows.
    /// </summary>
    public static readonly Guid Namespace = Of(Guid.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "seidra-cutover");

    public static string Of(string table, KeyId key) => Of(Namespace, $"{table}/{key}").ToString("D");

    private static Guid Of(Guid @namespace, string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        var input = new byte[16 + text.Length];
        @namespace.TryWriteBytes(input, bigEndian: true, out _);
        text.CopyTo(input, 16);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // RFC 9562 prescribes SHA-1; the UUID names a row and protects nothing.
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
