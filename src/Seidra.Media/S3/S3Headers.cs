using System.Net.Http.Headers;
using System.Text;

namespace Seidra.Media;

/// <summary>Turns metadata into headers and back. S3 keeps header bytes as they are; text beyond ASCII travels as UTF-8.</summary>
internal static class S3Headers
{
    private const string UserPrefix = "x-amz-meta-";

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The form in which the HTTP stack takes a value: one char per byte.</summary>
    public static string ToWire(string value) =>
        Ascii.IsValid(value) ? value : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(value));

    /// <summary>The value as text: UTF-8 where the bytes are, else one char per byte.</summary>
    public static string FromWire(string value)
    {
        if (Ascii.IsValid(value))
        {
            return value;
        }

        try
        {
            return StrictUtf8.GetString(Encoding.Latin1.GetBytes(value));
        }
        catch (DecoderFallbackException)
        {
            return value;
        }
    }

    public static List<KeyValuePair<string, string>> From(string key, ObjectMetadata metadata)
    {
        var headers = new List<KeyValuePair<string, string>>();
        void Add(string name, string? value)
        {
            if (value is null)
            {
                return;
            }

            // A line break would smuggle in another header.
            headers.Add(value.AsSpan().ContainsAny('\r', '\n', '\0')
                ? throw new MediaObjectException(key, ObjectFailure.Refused, $"{key}: the metadata {name} has a line break, which HTTP cannot carry.")
                : new(name, value));
        }

        Add("content-type", metadata.ContentType);
        Add("cache-control", metadata.CacheControl);
        Add("content-disposition", metadata.ContentDisposition);
        Add("content-encoding", metadata.ContentEncoding);
        Add("content-language", metadata.ContentLanguage);
        foreach (var (name, value) in metadata.User)
        {
            Add(UserPrefix + name, value);
        }

        return headers;
    }

    public static ObjectMetadata MetadataOf(HttpResponseMessage response)
    {
        var user = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in response.Headers.NonValidated)
        {
            if (name.StartsWith(UserPrefix, StringComparison.OrdinalIgnoreCase))
            {
                user[name[UserPrefix.Length..].ToLowerInvariant()] = FromWire(values.ToString());
            }
        }

        var headers = response.Content.Headers.NonValidated;
        return new ObjectMetadata
        {
            ContentType = Value(headers, "Content-Type"),
            CacheControl = Value(response.Headers.NonValidated, "Cache-Control"),
            ContentDisposition = Value(headers, "Content-Disposition"),
            ContentEncoding = Value(headers, "Content-Encoding"),
            ContentLanguage = Value(headers, "Content-Language"),
            User = user,
        };
    }

    public static StoredObject Describe(string key, HttpResponseMessage response) => new(
        key, response.Content.Headers.ContentLength ?? throw new MediaObjectException(key, ObjectFailure.Refused, $"The server does not tell the length of {key}."),
        ETagOf(response), response.Content.Headers.LastModified);

    /// <summary>The ETag without its quotes.</summary>
    public static string? ETagOf(HttpResponseMessage response) =>
        Value(response.Headers.NonValidated, "ETag")?.Trim('"') is { Length: > 0 } etag ? etag : null;

    /// <summary>The content's MD5 where the ETag is one: single part, and not encrypted with a key that changes it.</summary>
    public static string? Md5Of(HttpResponseMessage response)
    {
        var encryption = Value(response.Headers.NonValidated, "x-amz-server-side-encryption");
        var encrypted = encryption is not (null or "AES256")
            || response.Headers.NonValidated.Contains("x-amz-server-side-encryption-customer-algorithm");
        return !encrypted && ETagOf(response) is { } etag && IsMd5(etag) ? etag : null;
    }

    public static bool IsMd5(string etag) => etag.Length == 32 && etag.All(char.IsAsciiHexDigitLower);

    private static string? Value(HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out var values) ? FromWire(values.ToString()) : null;
}
