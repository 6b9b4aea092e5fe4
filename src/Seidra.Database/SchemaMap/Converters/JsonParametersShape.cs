using System.Globalization;
using System.Text.Json;

namespace Seidra.Database;

/// <summary>
/// Parameters of an image: an object whose well-known keys have a type of their own. Numbers written as text become numbers;
/// a well-known key of another type is left out, other keys stay as they are.
/// </summary>
internal sealed class JsonParametersShape : IJsonShape
{
    private static readonly HashSet<string> _whole = ["width", "height", "num_inference_steps", "num_images", "seed"];
    private static readonly HashSet<string> _numbers = ["guidance_scale"];
    private static readonly HashSet<string> _texts = ["model_name", "scheduler", "quality", "style"];

    /// <summary>Keys of whole numbers.</summary>
    public static IReadOnlyCollection<string> Whole => _whole;

    /// <summary>Keys of numbers.</summary>
    public static IReadOnlyCollection<string> Numbers => _numbers;

    /// <summary>Keys of texts.</summary>
    public static IReadOnlyCollection<string> Texts => _texts;

    public void Write(JsonElement value, Utf8JsonWriter writer, RowVerdict row, ref bool altered)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return;
        writer.WriteStartObject();
        foreach (var entry in value.EnumerateObject())
            Write(entry, writer, ref altered);
        writer.WriteEndObject();
    }

    private static void Write(JsonProperty entry, Utf8JsonWriter writer, ref bool altered)
    {
        var value = entry.Value;
        var number = _whole.Contains(entry.Name) || _numbers.Contains(entry.Name);
        // A null says nothing: Ultimate then takes its default, as it does for a key that is not there.
        if (value.ValueKind == JsonValueKind.Null && (number || _texts.Contains(entry.Name)))
            return;
        if (number && Number(value, _whole.Contains(entry.Name)) is { } read)
        {
            altered |= value.ValueKind != JsonValueKind.Number || read != value.GetRawText();
            writer.WritePropertyName(entry.Name);
            writer.WriteRawValue(read);
        }
        else if (number || (_texts.Contains(entry.Name) && value.ValueKind != JsonValueKind.String))
        {
            altered = true;
        }
        else
        {
            entry.WriteTo(writer);
        }
    }

    private static string? Number(JsonElement value, bool whole)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString()!.Trim(),
            _ => null,
        };
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return null;
        if (!whole)
            return value.ValueKind == JsonValueKind.Number ? text : number.ToString(CultureInfo.InvariantCulture);
        return number == decimal.Truncate(number) ? decimal.Truncate(number).ToString(CultureInfo.InvariantCulture) : null;
    }
}
