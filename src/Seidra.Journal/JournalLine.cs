using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Seidra.Journal;

/// <summary>
/// One line as bytes. <c>prev</c> chains it to the line before; <c>sum</c>, the SHA-256 of the bytes before it, makes a change
/// of the last line visible too, which no later line vouches for.
/// </summary>
internal static class JournalLine
{
    /// <summary>Longest accepted line; the longest evidence (tables with their checksums) stays far below.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private const int HexLength = 64;

    // Readable accents; control characters (terminal escapes) and lone surrogates are still escaped.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static ReadOnlySpan<byte> SumStart => ",\"sum\":\""u8;

    private static ReadOnlySpan<byte> SumEnd => "\"}"u8;

    /// <summary>The lower-case hex SHA-256 that stands for a line (without its newline).</summary>
    public static string Hash(ReadOnlySpan<byte> line) => Convert.ToHexStringLower(SHA256.HashData(line));

    /// <summary>The bytes of a new line, without its newline.</summary>
    public static byte[] Format(JournalEntry entry, string prev)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            json.WriteNumber("seq", entry.Seq);
            json.WriteString("at", entry.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("kind", entry.Kind);
            if (entry.Step is not null)
                json.WriteString("step", entry.Step);
            json.WritePropertyName("data");
            entry.Data.WriteTo(json);
            json.WriteString("prev", prev);
            json.WriteEndObject();
        }
        var body = buffer.WrittenSpan[..^1];
        var sum = Encoding.ASCII.GetBytes(Hash(body));
        return [.. body, .. SumStart, .. sum, .. SumEnd];
    }

    /// <summary>Reads and checks one line.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="number">Number of the line in the file, from 1: the sequence number it must carry.</param>
    /// <param name="prev">Hash of the line before.</param>
    /// <param name="line">The bytes, without the newline.</param>
    public static JournalEntry Parse(string path, long number, string prev, ReadOnlySpan<byte> line)
    {
        JournalDamagedException Damaged(string expected, string found) => new(path, number, expected, found);

        if (!Utf8.IsValid(line))
            throw Damaged("UTF-8 text", $"{line.Length} bytes that are none");
        var bodyLength = line.Length - SumStart.Length - HexLength - SumEnd.Length;
        if (bodyLength < 0 || !line[bodyLength..].StartsWith(SumStart) || !line.EndsWith(SumEnd))
            throw Damaged("a JSON object that ends with its sum", $"{line.Length} bytes that do not");
        var sum = Encoding.ASCII.GetString(line.Slice(bodyLength + SumStart.Length, HexLength));
        if (Hash(line[..bodyLength]) is var actual && actual != sum)
            throw Damaged($"content with SHA-256 {sum}", $"content with SHA-256 {actual}");

        var (entry, chained) = Read(line, Damaged);
        if (entry.Seq != number)
            throw Damaged($"seq {number}", $"seq {entry.Seq} (a line was removed, doubled or moved)");
        if (chained != prev)
            throw Damaged($"prev {prev}, the hash of the line before", $"prev {chained}");
        return entry;
    }

    private static (JournalEntry Entry, string Prev) Read(ReadOnlySpan<byte> line, Func<string, string, JournalDamagedException> damaged)
    {
        try
        {
            var root = JsonNode.Parse(line)!.AsObject();
            var entry = new JournalEntry(
                root["seq"]!.GetValue<long>(),
                DateTimeOffset.Parse(root["at"]!.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                root["kind"]!.GetValue<string>(),
                root["step"]?.GetValue<string>(),
                root["data"]!.AsObject());
            return (entry, root["prev"]!.GetValue<string>());
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or NullReferenceException or ArgumentException)
        {
            throw damaged("an entry with seq, at, kind, data and prev", "JSON that is none (" + error.GetType().Name + ")");
        }
    }
}
