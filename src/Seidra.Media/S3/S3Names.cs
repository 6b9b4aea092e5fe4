using System.Buffers;
using System.Text;

namespace Seidra.Media;

/// <summary>Percent-encoding as S3 signs it (RFC 3986 unreserved characters stay, everything else is encoded).</summary>
internal static class S3Names
{
    /// <summary>What bucket names are made of; the underscore is for servers older than the rule.</summary>
    public static readonly SearchValues<char> BucketCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private const int MaxKeyBytes = 1024;

    /// <summary>Encodes a key for the path; slashes stay, also doubled ones, and so do '.' and '..'.</summary>
    public static string EncodeKey(string key) => Encode(key, keepSlash: true);

    /// <summary>Encodes a name or value of the query.</summary>
    public static string EncodeQuery(string value) => Encode(value, keepSlash: false);

    /// <summary>Why S3 has no object of this key, or null where it can.</summary>
    public static string? Problem(string key) => key switch
    {
        "" => "the key is empty",
        _ when Encoding.UTF8.GetByteCount(key) > MaxKeyBytes => $"the key is longer than {MaxKeyBytes} bytes",
        _ when key.Contains('\0') => "it has a NUL character",
        _ => null,
    };

    private static string Encode(string value, bool keepSlash)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        var text = new StringBuilder(bytes.Length + 16);
        foreach (var b in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~' || (keepSlash && b == '/'))
            {
                text.Append((char)b);
            }
            else
            {
                text.Append('%').Append(HexDigit(b >> 4)).Append(HexDigit(b & 15));
            }
        }

        return text.ToString();
    }

    private static char HexDigit(int value) => "0123456789ABCDEF"[value];
}
