using System.Security.Cryptography;
using System.Text;

namespace Seidra.Media.Tests.Support;

/// <summary>Short ways to put, read and compare objects.</summary>
internal static class TestObjects
{
    public static readonly ObjectMetadata Rich = new()
    {
        ContentType = "image/x-seidra",
        CacheControl = "max-age=60, private",
        ContentDisposition = "attachment; filename=\"portrait d'été.png\"",
        ContentEncoding = "gzip",
        ContentLanguage = "fr-FR",
        User = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["author"] = "Zoé Noël 🎨",
            ["empty"] = "",
            ["note"] = "two  blanks; a=b, c%20+d",
        },
    };

    public static byte[] Random(int size, int seed)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static Task<StoredObject> PutAsync(this IObjectStore store, string key, string text, ObjectMetadata? metadata = null) =>
        store.PutAsync(key, Encoding.UTF8.GetBytes(text), metadata);

    public static Task<StoredObject> PutAsync(this IObjectStore store, string key, byte[] bytes, ObjectMetadata? metadata = null) =>
        store.PutAsync(key, new MemoryStream(bytes), bytes.Length, metadata ?? ObjectMetadata.None);

    public static async Task<byte[]> ReadAsync(this IObjectStore store, string key)
    {
        await using var content = await store.OpenReadAsync(key);
        var bytes = new MemoryStream();
        await content.Stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    public static async Task<string> TextAsync(this IObjectStore store, string key) =>
        Encoding.UTF8.GetString(await store.ReadAsync(key));

    public static async Task<ObjectMetadata> MetadataAsync(this IObjectStore store, string key)
    {
        await using var content = await store.OpenReadAsync(key);
        return content.Metadata;
    }

    public static async Task<List<string>> KeysAsync(this IObjectStore store, string? prefix = null) =>
        await store.ListAsync(prefix).Select(stored => stored.Key).ToListAsync();

    /// <summary>Everything in the store: key to SHA-256 and metadata of what can really be read.</summary>
    public static async Task<SortedDictionary<string, string>> ContentsAsync(this IObjectStore store, Func<string, string>? map = null)
    {
        var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in await store.KeysAsync())
        {
            var metadata = await store.MetadataAsync(key);
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(await store.ReadAsync(key)));
            contents.Add(map?.Invoke(key) ?? key, $"{sha256} {metadata.ContentType} {string.Join(';', metadata.User)}");
        }

        return contents;
    }
}
