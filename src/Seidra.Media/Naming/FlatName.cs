using System.Security.Cryptography;
using System.Text;

namespace Seidra.Media;

/// <summary>The file names that a key may get, best first.</summary>
internal static class FlatName
{
    // What common file systems allow, less room for a temporary suffix.
    private const int MaxBytes = 240;

    public static IEnumerable<string> Candidates(string key)
    {
        var plain = key[(key.LastIndexOf('/') + 1)..];
        var safe = Sanitise(plain);
        if (safe == plain && Encoding.UTF8.GetByteCount(plain) <= MaxBytes)
        {
            yield return plain;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var extension = Path.GetExtension(safe);
        if (extension.Length > 16)
        {
            extension = "";
        }

        var stem = safe[..^extension.Length];
        foreach (var digits in (int[])[8, 16, 64])
        {
            yield return $"{Shorten(stem, MaxBytes - digits - 1 - Encoding.UTF8.GetByteCount(extension))}-{hash[..digits]}{extension}";
        }
    }

    // '%', '?' and '#' are legal in files but break the gallery's URL /media/<name>, which is built without encoding.
    private static string Sanitise(string name)
    {
        var safe = string.Concat(name.Select(c => char.IsControl(c) || "\\:*?\"<>|%#\uFFFD".Contains(c) ? '_' : c));
        safe = safe.TrimEnd(' ', '.').TrimStart(' ');
        return safe.Length == 0 ? "object" : safe[0] == '.' ? "_" + safe[1..] : safe;
    }

    private static string Shorten(string text, int maxBytes)
    {
        var bytes = 0;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}
