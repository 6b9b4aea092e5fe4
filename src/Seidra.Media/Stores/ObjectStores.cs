namespace Seidra.Media;

/// <summary>Opens stores by their URL.</summary>
public static class ObjectStores
{
    /// <summary>Opens the store without contacting it.</summary>
    /// <exception cref="MediaException">The URL or the credentials are not usable.</exception>
    public static IObjectStore Open(MediaEndpoint endpoint)
    {
        if (!Uri.TryCreate(endpoint.Url, UriKind.Absolute, out var url))
        {
            throw Wrong(endpoint, "it is no URL");
        }

        return url.Scheme switch
        {
            "file" => OpenDirectory(endpoint, url),
            "s3" => new S3ObjectStore(S3Target.From(endpoint)),
            _ => throw Wrong(endpoint, $"the scheme {url.Scheme} is not known"),
        };
    }

    private static FileObjectStore OpenDirectory(MediaEndpoint endpoint, Uri url) =>
        url.Host.Length > 0 || !Path.IsPathFullyQualified(url.LocalPath)
            ? throw Wrong(endpoint, "a directory needs three slashes and an absolute path")
            : new FileObjectStore(url.LocalPath);

    private static MediaException Wrong(MediaEndpoint endpoint, string found) => new(
        $"Expected a media URL such as file:///srv/seidra/media or s3://seidra-media; found {endpoint.Url}: {found}. "
        + "Correct it in the settings.");
}
