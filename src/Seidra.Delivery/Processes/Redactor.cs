using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;

namespace Seidra.Delivery;

/// <summary>Takes secret values out of lines of text, in the spellings in which programs print them.</summary>
public sealed partial class Redactor
{
    private readonly string[] _secrets;

    /// <summary>Creates a redactor.</summary>
    /// <param name="secrets">Values that must not be shown; empty ones are ignored, lines of a multi-line value count singly.</param>
    public Redactor(IEnumerable<string> secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        // Longest first: a secret that contains another must not leave its rest behind.
        _secrets = [.. secrets.SelectMany(Spellings).Where(s => s.Trim().Length > 0).Distinct(StringComparer.Ordinal).OrderByDescending(s => s.Length)];
    }

    /// <summary>The longest spelling, in characters: a cut line may end in a part of it.</summary>
    internal int LongestSecret => _secrets.Length == 0 ? 0 : _secrets[0].Length;

    /// <summary>The text with each secret, and each password in a URL, as ***.</summary>
    /// <param name="text">Any text.</param>
    public string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var secret in _secrets) text = text.Replace(secret, "***", StringComparison.Ordinal);
        return text.Contains("://", StringComparison.Ordinal) ? UrlPassword().Replace(text, "$1***@") : text;
    }

    private static IEnumerable<string> Spellings(string secret)
    {
        if (string.IsNullOrEmpty(secret)) yield break;
        foreach (var line in secret.Split('\n', '\r')) yield return line;
        yield return Uri.EscapeDataString(secret);
        yield return JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(secret);
        yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(secret));
    }

    // A password runs to the last @ before the path: programs print it unescaped.
    [GeneratedRegex(@"([A-Za-z][A-Za-z0-9+.-]*://[^\s:/@]*:)[^\s/]+@", RegexOptions.CultureInvariant)]
    private static partial Regex UrlPassword();
}
