using System.Text.Json;

namespace Seidra.Database;

/// <summary>JSON of one shape. Where Ultimate's code meets another shape, the whole listing of that user fails.</summary>
internal sealed class JsonConverter(IJsonShape shape) : IConverter
{
    public TargetType Type => TargetType.Json;

    /// <summary>The shape that values get.</summary>
    public IJsonShape Shape => shape;

    public object? Convert(object? raw, ColumnRule rule, RowVerdict row)
    {
        if (raw is null)
            return null;
        var text = SourceText.Plain(raw);
        if (text is not null && text.AsSpan().Trim() is "" or "null")
            return null;
        using var document = text is null ? null : JsonText.Parse(text);
        if (document is null)
        {
            row.Note(rule.To, Reasons.InvalidJson, raw);
            return null;
        }

        using var inner = Unwrap(document.RootElement);
        var altered = false;
        var json = JsonText.Write(writer => shape.Write(inner?.RootElement ?? document.RootElement, writer, row, ref altered));
        if (json is null or "")
        {
            row.Note(rule.To, json is null ? Reasons.InvalidJson : Reasons.JsonShape, raw);
            return null;
        }

        if (altered)
            row.Note(rule.To, Reasons.JsonShape, raw);
        return json;
    }

    /// <summary>JSON that was encoded twice is a string that holds JSON.</summary>
    private static JsonDocument? Unwrap(JsonElement element) =>
        element.ValueKind == JsonValueKind.String && element.GetString()!.AsSpan().TrimStart() is ['{' or '[', ..]
            ? JsonText.Parse(element.GetString()!)
            : null;
}
