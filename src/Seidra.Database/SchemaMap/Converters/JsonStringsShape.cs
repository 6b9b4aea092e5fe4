using System.Text.Json;

namespace Seidra.Database;

/// <summary>A list of strings. Numbers become their text, objects the name they carry; nulls are left out.</summary>
internal sealed class JsonStringsShape : IJsonShape
{
    private static readonly string[] _names = ["name", "id", "path", "url", "file_path", "object_key"];

    public void Write(JsonElement value, Utf8JsonWriter writer, RowVerdict row, ref bool altered) =>
        Write(value, writer, text => text, ref altered);

    /// <summary>The same with a change of each string.</summary>
    public static void Write(JsonElement value, Utf8JsonWriter writer, Func<string, string> change, ref bool altered)
    {
        var single = value.ValueKind == JsonValueKind.String;
        if (!single && value.ValueKind != JsonValueKind.Array)
            return;
        altered |= single;
        writer.WriteStartArray();
        foreach (var item in single ? [value] : value.EnumerateArray().AsEnumerable())
        {
            var text = Text(item);
            altered |= item.ValueKind != JsonValueKind.String;
            if (text is not null)
                writer.WriteStringValue(change(text));
        }

        writer.WriteEndArray();
    }

    private static string? Text(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.String => item.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => item.GetRawText(),
        JsonValueKind.Object => _names
            .Select(name => item.TryGetProperty(name, out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null)
            .FirstOrDefault(name => name is not null),
        _ => null,
    };
}
