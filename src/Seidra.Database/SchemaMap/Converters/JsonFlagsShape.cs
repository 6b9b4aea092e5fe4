using System.Text.Json;

namespace Seidra.Database;

/// <summary>An object of booleans; entries that are none are left out.</summary>
internal sealed class JsonFlagsShape : IJsonShape
{
    public void Write(JsonElement value, Utf8JsonWriter writer, RowVerdict row, ref bool altered)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return;
        writer.WriteStartObject();
        foreach (var entry in value.EnumerateObject())
        {
            if (entry.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                entry.WriteTo(writer);
            else
                altered = true;
        }

        writer.WriteEndObject();
    }
}
