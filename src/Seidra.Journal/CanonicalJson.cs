using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Seidra.Journal;

/// <summary>
/// One text per JSON value, after the idea of RFC 8785: keys sorted by UTF-16 code unit, no white space, and equal numbers
/// written alike (1, 1.0 and 1e0 are one number).
/// </summary>
public static class CanonicalJson
{
    // Only ASCII stays unescaped, so the text does not depend on what a later runtime regards as printable.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin);

    /// <summary>The SHA-256 (lower-case hex) of the canonical text of a value.</summary>
    /// <param name="node">The value; it is not changed.</param>
    public static string Sha256(JsonNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        using var document = JsonDocument.Parse(node.ToJsonString());
        var text = new StringBuilder();
        Write(document.RootElement, text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Write(JsonElement element, StringBuilder text)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var sorted = element.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal);
                WriteList('{', sorted, WriteProperty, '}', text);
                break;
            case JsonValueKind.Array:
                WriteList('[', element.EnumerateArray(), Write, ']', text);
                break;
            case JsonValueKind.String:
                WriteString(element.GetString()!, text);
                break;
            case JsonValueKind.Number:
                text.Append(Number(element));
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }

    private static void WriteProperty(JsonProperty property, StringBuilder text)
    {
        WriteString(property.Name, text);
        text.Append(':');
        Write(property.Value, text);
    }

    private static void WriteList<T>(char open, IEnumerable<T> items, Action<T, StringBuilder> write, char close, StringBuilder text)
    {
        text.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first)
                text.Append(',');
            first = false;
            write(item, text);
        }
        text.Append(close);
    }

    private static void WriteString(string value, StringBuilder text) =>
        text.Append('"').Append(Encoder.Encode(value)).Append('"');

    private static string Number(JsonElement element)
    {
        // Decimal first: it keeps 64-bit integers exact, where double does not. What it rounds to 0 is left to double.
        if (element.TryGetDecimal(out var exact) && exact != 0)
            return exact.ToString("G29", CultureInfo.InvariantCulture);
        var number = element.GetDouble();
        return number == 0 ? "0" : number.ToString("R", CultureInfo.InvariantCulture);
    }
}
