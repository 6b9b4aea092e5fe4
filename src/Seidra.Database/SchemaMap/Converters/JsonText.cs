using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Seidra.Database;

/// <summary>Reading and writing of JSON columns.</summary>
internal static class JsonText
{
    private const int MaxDepth = 256;

    public static JsonSerializerOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    /// <summary>Parses strictly; null where the text is no JSON.</summary>
    public static JsonDocument? Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (Exception error) when (error is JsonException or ArgumentException or EncoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>
    /// Compact text with the keys in their order and numbers as they were written; null where a string holds half of a
    /// surrogate pair, which is no text.
    /// </summary>
    public static string? Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        try
        {
            using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth }))
                write(writer);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            return null;
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
