using System.Security.Cryptography;

namespace Seidra.Media;

/// <summary>MD5 as S3 uses it: a checksum of the protocol (Content-MD5, ETag), not a choice of ours; the manifest's proof is
/// SHA-256.</summary>
internal static class S3Digest
{
#pragma warning disable CA5351
    public static byte[] Md5(ReadOnlySpan<byte> bytes) => MD5.HashData(bytes);

    public static IncrementalHash CreateMd5() => IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351

    /// <summary>Compares the ETag of an answer to a PUT with the digest of what was sent.</summary>
    /// <returns>The object, proven where the ETag is that digest; not proven where the server's ETags are something else.</returns>
    /// <exception cref="MediaObjectException">The server stored other bytes.</exception>
    public static StoredObject Confirm(string key, long length, string md5, HttpResponseMessage response)
    {
        var stored = new StoredObject(key, length, S3Headers.ETagOf(response), null);
        return S3Headers.Md5Of(response) is not { } kept
            ? stored
            : kept == md5
                ? stored with { Proven = true }
                : throw new MediaObjectException(key, ObjectFailure.Transient, $"{key}: the server stored bytes with another MD5 than those sent.");
    }
}
