using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Seidra.Media;

/// <summary>The JSON form of one <see cref="ManifestEntry"/>; the same entry always gives the same bytes.</summary>
internal static class ManifestLine
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Utf8JsonWriter CreateWriter(IBufferWriter<byte> output) => new(output, Options);

    public static void Write(Utf8JsonWriter json, ManifestEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("key"u8, entry.Key);
        json.WriteString("targetKey"u8, entry.TargetKey);
        json.WriteNumber("sizeBytes"u8, entry.SizeBytes);
        json.WriteString("sha256"u8, entry.Sha256);
        WriteWhereSet(json, "etag"u8, entry.ETag);
        WriteWhereSet(json, "targetEtag"u8, entry.TargetETag);
        if (entry.ModifiedAt is { } modifiedAt)
        {
            json.WriteString("modifiedAt"u8, modifiedAt);
        }

        WriteMetadata(json, entry.Metadata);
        if (entry.Gone)
        {
            json.WriteBoolean("gone"u8, true);
        }

        json.WriteEndObject();
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">It is no manifest line.</exception>
    public static ManifestEntry Parse(ReadOnlySpan<byte> line)
    {
        var json = new Utf8JsonReader(line);
        string? key = null, targetKey = null, sha256 = null, etag = null, targetEtag = null;
        var size = -1L;
        var gone = false;
        DateTimeOffset? modifiedAt = null;
        var metadata = ObjectMetadata.None;
        Expect(ref json, JsonTokenType.StartObject);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            json.Read();
            switch (name)
            {
                case "key": key = Text(ref json); break;
                case "targetKey": targetKey = Text(ref json); break;
                case "sizeBytes": size = json.TokenType == JsonTokenType.Number ? json.GetInt64() : throw Wrong(); break;
                case "sha256": sha256 = Text(ref json); break;
                case "etag": etag = Text(ref json); break;
                case "targetEtag": targetEtag = Text(ref json); break;
                case "modifiedAt": modifiedAt = DateTimeOffset.Parse(Text(ref json)); break;
                case "contentType": metadata = metadata with { ContentType = Text(ref json) }; break;
                case "cacheControl": metadata = metadata with { CacheControl = Text(ref json) }; break;
                case "contentDisposition": metadata = metadata with { ContentDisposition = Text(ref json) }; break;
                case "contentEncoding": metadata = metadata with { ContentEncoding = Text(ref json) }; break;
                case "contentLanguage": metadata = metadata with { ContentLanguage = Text(ref json) }; break;
                case "metadata": metadata = metadata with { User = Pairs(ref json) }; break;
                case "gone": gone = json.TokenType == JsonTokenType.True; break;
                default: json.Skip(); break;
            }
        }

        return key is null || targetKey is null || sha256 is null || size < 0 || json.TokenType != JsonTokenType.EndObject
            ? throw Wrong()
            : new ManifestEntry(key, targetKey, size, sha256, etag, targetEtag, modifiedAt, metadata, gone);
    }

    private static void WriteMetadata(Utf8JsonWriter json, ObjectMetadata metadata)
    {
        WriteWhereSet(json, "contentType"u8, metadata.ContentType);
        WriteWhereSet(json, "cacheControl"u8, metadata.CacheControl);
        WriteWhereSet(json, "contentDisposition"u8, metadata.ContentDisposition);
        WriteWhereSet(json, "contentEncoding"u8, metadata.ContentEncoding);
        WriteWhereSet(json, "contentLanguage"u8, metadata.ContentLanguage);
        if (metadata.User.Count == 0)
        {
            return;
        }

        json.WriteStartObject("metadata"u8);
        foreach (var (name, value) in metadata.User.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    private static void WriteWhereSet(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static SortedDictionary<string, string> Pairs(ref Utf8JsonReader json)
    {
        var pairs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong();
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            pairs[name] = Text(ref json);
        }

        return pairs;
    }

    private static string Text(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String ? json.GetString()! : throw Wrong();

    private static void Expect(ref Utf8JsonReader json, JsonTokenType type)
    {
        if (!json.Read() || json.TokenType != type)
        {
            throw Wrong();
        }
    }

    private static JsonException Wrong() => new("not a line of a media manifest");
}
