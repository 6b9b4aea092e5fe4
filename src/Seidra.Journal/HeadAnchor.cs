using System.Globalization;
using System.Text;

namespace Seidra.Journal;

/// <summary>
/// The small file beside the journal that says how far it once reached. Without it, whole lines cut off at the end would
/// leave a shorter journal that looks whole. It is written after the line is on disk and not flushed itself: after a power
/// cut it may lag behind, which is harmless; it is never ahead.
/// </summary>
internal sealed record HeadAnchor(long Seq, string Hash)
{
    public const string FileName = "journal.head";

    private const int Length = 20 + 1 + 64 + 1;

    /// <summary>The bytes: fixed length, so that one small write in place replaces them.</summary>
    public byte[] ToBytes() => Encoding.ASCII.GetBytes($"{Seq:D20} {Hash}\n");

    /// <summary>Reads the anchor; null where it was never written or never reached the disk.</summary>
    public static HeadAnchor? Read(string stateDirectory)
    {
        var path = Path.Combine(stateDirectory, FileName);
        using var file = StateFolder.OpenForReading(path);
        if (file is null)
            return null;
        var bytes = new byte[Length + 1];
        var text = Encoding.ASCII.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        if (text.Trim('\0').Length == 0)
            return null;
        if (text.Length == Length && text[20] == ' ' && text[^1] == '\n' && text[21..^1].All(char.IsAsciiHexDigitLower)
            && long.TryParse(text[..20], NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
            return new HeadAnchor(seq, text[21..^1]);
        throw new JournalDamagedException(path, 1, "a line number and a SHA-256", $"{text.Length} bytes that are none");
    }
}
