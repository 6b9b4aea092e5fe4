namespace Seidra.Media;

/// <summary>A bucket, its server and the credentials for it.</summary>
internal sealed class S3Target
{
    private S3Target(Uri endpoint, string region, string bucket, string accessKey, string secretKey)
    {
        Endpoint = endpoint;
        Region = region;
        Bucket = bucket;
        AccessKey = accessKey;
        SecretKey = secretKey;
    }

    public Uri Endpoint { get; }

    public string Region { get; }

    public string Bucket { get; }

    public string AccessKey { get; }

    public string SecretKey { get; }

    public string Authority => Endpoint.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    public override string ToString() => $"bucket {Bucket} at {Authority}";

    /// <summary>Reads the settings of an S3 endpoint.</summary>
    /// <exception cref="MediaException">Something is missing or malformed.</exception>
    public static S3Target From(MediaEndpoint settings)
    {
        var rest = settings.Url["s3://".Length..].TrimEnd('/');
        if (rest.Length is < 3 or > 63 || rest.AsSpan().ContainsAnyExcept(S3Names.BucketCharacters))
        {
            throw new MediaException($"Expected s3://<bucket>, 3 to 63 of a-z 0-9 . - _; found {settings.Url}. Correct it in the settings.");
        }

        if (string.IsNullOrEmpty(settings.AccessKey) || string.IsNullOrEmpty(settings.SecretKey))
        {
            throw new MediaException($"Expected an access key and a secret key for {settings.Url}; at least one is missing. Set both.");
        }

        var region = string.IsNullOrEmpty(settings.Region) ? "us-east-1" : settings.Region;
        var address = string.IsNullOrEmpty(settings.Endpoint) ? $"https://s3.{region}.amazonaws.com" : settings.Endpoint;
        return Uri.TryCreate(address, UriKind.Absolute, out var endpoint)
            && endpoint.Scheme is "http" or "https" && endpoint.AbsolutePath == "/" && endpoint.UserInfo.Length == 0
                ? new S3Target(endpoint, region, rest, settings.AccessKey, settings.SecretKey)
                : throw new MediaException($"Expected an S3 server such as http://minio:9000 for {settings.Url}; the endpoint is something else. Correct it in the settings.");
    }
}
