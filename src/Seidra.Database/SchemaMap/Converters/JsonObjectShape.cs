using System.Text.Json;

namespace Seidra.Database;

/// <summary>Any object.</summary>
internal sealed class JsonObjectShape : IJsonShape
{
    public void Write(JsonElement value, Utf8JsonWriter writer, RowVerdict row, ref bool altered)
    {
        if (value.ValueKind == JsonValueKind.Object)
            value.WriteTo(writer);
    }
}
