using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Seidra.Reporting.Tests;

/// <summary>The texts of one language as the assembly carries them, without falling back to the other language.</summary>
internal static partial class TextFile
{
    public static IReadOnlyDictionary<string, string> Of(string language)
    {
        var culture = language == "en" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language);
        var set = new ResourceManager("Seidra.Reporting.Resources.Texts", typeof(Text).Assembly).GetResourceSet(culture, createIfNotExists: true, tryParents: false);
        Assert.That(set, Is.Not.Null, $"no resources for {language}: the satellite assembly is not beside the tests");
        return set!.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }

    /// <summary>The names of the figures that a text asks for.</summary>
    public static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Groups[1].Value).Distinct().Order();

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    public static partial Regex Placeholder();
}
