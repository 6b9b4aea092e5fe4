using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Seidra.Database;

/// <summary>Reads Classic's values as text and describes them without loss.</summary>
internal static class SourceText
{
    private static readonly UTF8Encoding _strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The value as text, or null; NUL and bytes that are no text send the row to quarantine.</summary>
    public static string? Read(object? raw, string column, RowVerdict row)
    {
        var text = Plain(raw);
        if (text is null && raw is not null)
            row.Quarantine(Reasons.InvalidUtf8, $"{column} holds bytes that are no text in the database's encoding");
        if (text is null || !text.Contains('\0'))
            return text;
        row.Quarantine(Reasons.NulByte, $"{column} holds a NUL byte, which PostgreSQL cannot store");
        return null;
    }

    /// <summary>The value as text; null where it is NULL or no text.</summary>
    public static string? Plain(object? raw) => raw switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        byte[] bytes => Decode(bytes),
        _ => null,
    };

    /// <summary>The value as JSON text: strings with every character, bytes as {"base64": ...}.</summary>
    public static string Describe(object? raw) => Json(raw)?.ToJsonString(JsonText.Relaxed) ?? "null";

    /// <summary>The same as a node.</summary>
    public static JsonNode? Json(object? raw) => raw switch
    {
        null => null,
        string text => JsonValue.Create(text),
        long number => JsonValue.Create(number),
        double number when double.IsFinite(number) => JsonValue.Create(number),
        double number => JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)),
        byte[] bytes => new JsonObject { ["base64"] = Convert.ToBase64String(bytes) },
        InvalidText text => new JsonObject { ["base64"] = Convert.ToBase64String(text.Bytes) },
        _ => throw new InvalidOperationException($"A source value cannot be of type {raw.GetType().Name}."),
    };

    private static string? Decode(byte[] bytes)
    {
        try
        {
            return _strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
