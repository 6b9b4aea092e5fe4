using System.Net;
using System.Xml;
using System.Xml.Linq;

namespace Seidra.Media;

/// <summary>An error answer of a server.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">S3's error code; empty where the answer has no body, as for HEAD.</param>
internal sealed record S3Error(HttpStatusCode Status, string Code)
{
    private const int LongestBody = 64 * 1024;

    public bool IsTransient =>
        Code is "RequestTimeout" or "SlowDown" or "InternalError" or "ServiceUnavailable" or "OperationAborted" or "BadDigest"
            or "XAmzContentSHA256Mismatch"
        || (int)Status is 408 or 429 or 500 or 502 or 503 or 504;

    public static async Task<S3Error> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.RequestMessage?.Method == HttpMethod.Head)
        {
            return new S3Error(response.StatusCode, "");
        }

        try
        {
            await response.Content.LoadIntoBufferAsync(LongestBody, ct);
            return Parse(response.StatusCode, await response.Content.ReadAsByteArrayAsync(ct));
        }
        catch (HttpRequestException)
        {
            return new S3Error(response.StatusCode, "");
        }
    }

    public static S3Error Parse(HttpStatusCode status, byte[] body)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), S3Xml.Settings);
            return new S3Error(status, XElement.Load(reader).Elements().FirstOrDefault(e => e.Name.LocalName == "Code")?.Value ?? "");
        }
        catch (XmlException)
        {
            // A proxy's page, most likely: the status has to do.
            return new S3Error(status, "");
        }
    }

    /// <summary>The error in the library's words.</summary>
    public MediaException ToException(S3Target target, string? key)
    {
        var found = Code.Length > 0 ? $"{(int)Status} {Code}" : $"{(int)Status}";
        string Whole(string says) => $"{target} answered {found}: {says}";
        return (Code, (int)Status) switch
        {
            ("NoSuchBucket", _) => new MediaException(Whole("there is no such bucket. Check the bucket's name in the settings, or create it.")),
            ("SignatureDoesNotMatch", _) => new MediaException(Whole("the secret key is not the one of this access key. Check both secrets.")),
            ("InvalidAccessKeyId", _) => new MediaException(Whole("the server does not know the access key. Check the secret, and that it belongs to this server.")),
            ("RequestTimeTooSkewed", _) => new MediaException(Whole("the clocks differ by more than 15 minutes. Set this machine's clock (chronyc makestep).")),
            ("AuthorizationHeaderMalformed" or "PermanentRedirect" or "IllegalLocationConstraintException", _) =>
                new MediaException(Whole($"the bucket is in another region than {target.Region}. Set the region in the settings.")),
            ("ExpiredToken", _) => new MediaException(Whole("the credentials have expired. Renew them and run again.")),
            (_, 404) when key is not null => new MediaObjectException(key, ObjectFailure.Vanished, Whole($"there is no object {key}.")),
            (_, 401 or 403) when key is null => new MediaException(Whole("access is denied. Give the access key the right to list, read and write the bucket.")),
            (_, 401 or 403) => new MediaObjectException(key, ObjectFailure.Refused, Whole($"access to {key} is denied. Give the access key the right to it.")),
            (_, 412) when key is not null => new MediaObjectException(key, ObjectFailure.Changed, Whole($"{key} is not what it was.")),
            _ when key is null => new MediaException(Whole("the server refuses the request. Look into its log.")),
            _ when IsTransient => new MediaObjectException(key, ObjectFailure.Transient, Whole($"the server stumbled over {key}. Run again later.")),
            _ => new MediaObjectException(key, ObjectFailure.Refused, Whole($"the server refuses {key}. Look into its log.")),
        };
    }
}
