using System.Text.Json;

namespace Seidra.Database;

/// <summary>JSON text that is the same for two documents that mean the same: keys sorted, the last of equal keys, no spaces.</summary>
internal static class CanonicalJson
{
    public static string Of(string json)
    {
        using var document = JsonText.Parse(json);
        return document is null ? json : Of(document.RootElement);
    }

    public static string Of(JsonElement element) => JsonText.Write(writer => Write(element, writer)) ?? element.GetRawText();

    private static void Write(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var entry in element.EnumerateObject().GroupBy(entry => entry.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(entry.Key);
                    Write(entry.Last().Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(item, writer);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
