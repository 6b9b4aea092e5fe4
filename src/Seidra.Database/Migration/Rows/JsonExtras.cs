using System.Text.Json.Nodes;

namespace Seidra.Database;

/// <summary>Adds Classic's extras to a JSON object; a key that was there with another value is noted, not lost.</summary>
internal static class JsonExtras
{
    public static string Merge(string json, IReadOnlyDictionary<string, JsonNode> extras, string column, RowVerdict row)
    {
        if (extras.Count == 0)
            return json;
        using var document = JsonText.Parse(json)!;
        return JsonText.Write(writer =>
        {
            writer.WriteStartObject();
            foreach (var entry in document.RootElement.EnumerateObject())
            {
                if (!extras.TryGetValue(entry.Name, out var extra))
                    entry.WriteTo(writer);
                else if (CanonicalJson.Of(entry.Value) != CanonicalJson.Of(extra.ToJsonString()))
                    row.NoteJson($"{column}.{entry.Name}", Reasons.ExtraReplaced, entry.Value.GetRawText());
            }

            foreach (var (key, node) in extras)
            {
                writer.WritePropertyName(key);
                node.WriteTo(writer);
            }

            writer.WriteEndObject();
        })!;
    }
}
