namespace Seidra.Media;

/// <summary>Turns the paths that database rows hold into object keys.</summary>
/// <param name="prefixes">What rows carry in front of the key, such as <c>/app/uploads/</c>; the longest that fits is
/// taken off, once.</param>
public sealed class MediaKeys(IEnumerable<string> prefixes)
{
    private readonly string[] prefixes =
        [.. prefixes.Where(p => p.Trim('/').Length > 0).Select(p => p.TrimEnd('/') + "/").OrderByDescending(p => p.Length)];

    /// <summary>The object key of a row's path: without scheme, server, query, known prefix and leading slash.</summary>
    /// <param name="rowPath">A path or URL: <c>/app/uploads/a.png</c>, <c>s3://bucket/a.png</c>,
    /// <c>http://minio:9000/bucket/a.png?X-Amz-Expires=1</c>. The bucket in an http URL is a prefix like any other.</param>
    public string KeyOf(string rowPath)
    {
        var path = WithoutScheme(rowPath.Trim());
        var key = Strip(path) ?? Strip(path.TrimStart('/')) ?? path;
        return key.TrimStart('/');
    }

    private static string WithoutScheme(string path)
    {
        var end = path.IndexOf("://", StringComparison.Ordinal);
        if (end <= 0 || !path.Take(end).All(char.IsAsciiLetterOrDigit))
        {
            return path;
        }

        var slash = path.IndexOf('/', end + 3);
        var rest = slash < 0 ? "" : path[slash..];
        if (!path.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        {
            return rest;
        }

        // Only web URLs are percent-encoded and carry queries; '%' and '?' are ordinary characters of a key elsewhere.
        var query = rest.AsSpan().IndexOfAny('?', '#');
        return Uri.UnescapeDataString(query < 0 ? rest : rest[..query]);
    }

    private string? Strip(string path)
    {
        foreach (var prefix in prefixes)
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal))
            {
                return path[prefix.Length..];
            }
        }

        return null;
    }
}
