using System.Globalization;
using System.Text.Json;

namespace Seidra.Database;

/// <summary>The converters of the map turned around: a value of Ultimate in the form that Classic's column has.</summary>
internal static class ReverseValue
{
    private const string Served = "/media/";

    /// <summary>The value as it is written: null, long, double or string.</summary>
    /// <param name="value">Ultimate's value, not null.</param>
    /// <param name="binding">How the column was filled.</param>
    /// <param name="column">Classic's column.</param>
    /// <param name="existing">What it holds now; its form is kept where it has one.</param>
    /// <param name="unmapPath">Where a path of Ultimate lies in Classic.</param>
    /// <param name="reason">One of <see cref="KeptReasons"/> where there is no value.</param>
    public static object? Of(object value, ColumnBinding binding, ClassicColumn column, object? existing, Func<string, string?> unmapPath, out string? reason)
    {
        reason = null;
        var written = (binding.Converter, value) switch
        {
            (BooleanConverter, bool flag) => (FlagForm.Of(existing) ?? column.Flags).Write(flag),
            (TimestampConverter, DateTime moment) => (TimeForm.Of(existing) ?? column.Times).Write(moment),
            (IntegerConverter, long or double) => value,
            (FloatConverter, long or double) => value,
            (StatusConverter, string status) => column.Words.GetValueOrDefault(status, status),
            (MediaPathConverter, string path) => unmapPath(path),
            (MediaUrlConverter, string url) => Address(url, unmapPath),
            (JsonConverter, string json) when binding.Rule.Convert == "json-paths" => Paths(json, unmapPath),
            (JsonConverter, string json) => JsonText.Parse(json) is { } document ? Compact(document) : null,
            (TextConverter, string) => value,
            _ => null,
        };
        if (written is null)
            reason = binding.Converter is MediaPathConverter ? KeptReasons.PathUnknown : KeptReasons.NotExpressible;
        return written;
    }

    private static string Compact(JsonDocument document)
    {
        using (document)
            return JsonText.Write(document.RootElement.WriteTo) ?? document.RootElement.GetRawText();
    }

    // Ultimate serves its files flat; in Classic the address is that of the file's own place.
    private static string Address(string url, Func<string, string?> unmapPath) =>
        url.StartsWith(Served, StringComparison.Ordinal) && unmapPath(url[Served.Length..]) is { } path ? Served + path.TrimStart('/') : url;

    private static string? Paths(string json, Func<string, string?> unmapPath)
    {
        using var document = JsonText.Parse(json);
        if (document is null)
            return null;
        var altered = false;
        return JsonText.Write(writer => JsonStringsShape.Write(document.RootElement, writer, path => unmapPath(path) ?? path, ref altered)) is { Length: > 0 } list ? list : Compact(JsonText.Parse(json)!);
    }

    /// <summary>Whether two values of Ultimate mean the same.</summary>
    public static bool Same(object? left, object? right, TargetType type) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (double one, double other) => one.Equals(other) || one == other,
        (string one, string other) => one == other || (type == TargetType.Json && CanonicalJson.Of(one) == CanonicalJson.Of(other)),
        _ => left.Equals(right),
    };

    /// <summary>A scalar of JSON and a value of Classic, compared by what they say.</summary>
    public static bool Same(JsonElement json, object? raw) => raw is not null && (json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Object or JsonValueKind.Array => CanonicalJson.Of(json),
        _ => json.GetRawText(),
    }) == (json.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? CanonicalJson.Of(SourceText.Describe(raw)) : SourceText.Plain(raw));

    /// <summary>A member of a JSON object as it is written into a column of its own.</summary>
    public static object? Scalar(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number when long.TryParse(json.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        JsonValueKind.Number => json.GetDouble(),
        _ => json.GetRawText(),
    };
}
