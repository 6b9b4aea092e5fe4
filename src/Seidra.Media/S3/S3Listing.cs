using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Xml;
using System.Xml.Linq;

namespace Seidra.Media;

/// <summary>Lists a bucket page by page (ListObjectsV2), one page ahead of its reader.</summary>
internal sealed class S3Listing(S3Connection connection, S3Target target, int pageSize)
{
    public async IAsyncEnumerable<StoredObject> ListAsync(string? prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(ct);
        string? last = null;
        Task<Page>? next = PageAsync(prefix, null, abandoned.Token);
        try
        {
            while (next is not null)
            {
                var page = await next;
                next = page.Continuation is null ? null : PageAsync(prefix, page.Continuation, abandoned.Token);
                foreach (var stored in page.Objects)
                {
                    // A merge over a listing out of order would copy and delete the wrong objects.
                    if (last is not null && KeyOrder.Instance.Compare(last, stored.Key) >= 0)
                    {
                        throw new MediaException(
                            $"{target} does not list in the order of the keys: {stored.Key} follows {last}. Such a server cannot be synced; use one that keeps to S3's order.");
                    }

                    last = stored.Key;
                    yield return stored;
                }
            }
        }
        finally
        {
            await abandoned.CancelAsync();
            if (next is not null)
            {
                await next.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    private async Task<Page> PageAsync(string? prefix, string? continuation, CancellationToken ct)
    {
        // Keys come percent-encoded: XML 1.0 cannot hold all characters that a key can.
        List<KeyValuePair<string, string>> query =
            [new("list-type", "2"), new("encoding-type", "url"), new("max-keys", pageSize.ToString(CultureInfo.InvariantCulture))];
        if (!string.IsNullOrEmpty(prefix))
        {
            query.Add(new("prefix", prefix));
        }

        if (continuation is not null)
        {
            query.Add(new("continuation-token", continuation));
        }

        using var response = await connection.SendAsync(new S3Request(HttpMethod.Get, null) { Query = query }, ct);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(ct);
            using var reader = XmlReader.Create(body, S3Xml.Settings);
            return await ReadAsync(reader, ct);
        }
        catch (Exception error) when (error is XmlException or FormatException or HttpRequestException or IOException)
        {
            throw new MediaException($"{target} gave a listing that cannot be read: {error.Message} Check that the endpoint is an S3 server.", error);
        }
    }

    private static async Task<Page> ReadAsync(XmlReader reader, CancellationToken ct)
    {
        var objects = new List<StoredObject>(1000);
        string? continuation = null;
        var (truncated, encoded) = (false, false);
        await reader.MoveToContentAsync();
        if (reader.LocalName != "ListBucketResult")
        {
            throw new XmlException($"expected ListBucketResult, found {reader.LocalName}.");
        }

        await reader.ReadAsync();
        while (!reader.EOF && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                await reader.ReadAsync();
            }
            else if (reader.LocalName == "Contents")
            {
                objects.Add(Describe((XElement)await XNode.ReadFromAsync(reader, ct)));
            }
            else
            {
                var name = reader.LocalName;
                var value = ((XElement)await XNode.ReadFromAsync(reader, ct)).Value;
                truncated |= name == "IsTruncated" && value == "true";
                encoded |= name == "EncodingType" && value == "url";
                continuation = name == "NextContinuationToken" ? value : continuation;
            }
        }

        if (truncated && continuation is null)
        {
            throw new XmlException("the listing is cut off without a continuation token.");
        }

        return new Page(
            encoded ? objects.ConvertAll(o => o with { Key = WebUtility.UrlDecode(o.Key) }) : objects, truncated ? continuation : null);
    }

    private static StoredObject Describe(XElement contents)
    {
        string? Value(string name) => contents.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;
        return new StoredObject(
            Value("Key") ?? throw new XmlException("an object without key."),
            long.Parse(Value("Size") ?? "", CultureInfo.InvariantCulture),
            Value("ETag")?.Trim('"'),
            Value("LastModified") is { } modified ? DateTimeOffset.Parse(modified, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null);
    }

    private sealed record Page(List<StoredObject> Objects, string? Continuation);
}
