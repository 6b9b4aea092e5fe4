using System.Globalization;
using System.Resources;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Seidra.Reporting;

/// <summary>The texts of the two languages, by resource key; <c>{name}</c> placeholders are filled from figures.</summary>
public static partial class Text
{
    private static readonly ResourceManager Resources = new("Seidra.Reporting.Resources.Texts", typeof(Text).Assembly);

    /// <summary>The languages that every text exists in.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "fr"];

    /// <summary>The text of <paramref name="key"/>; the key itself where there is none, so that a report never fails on a word.</summary>
    public static string Of(string key, string language) => Find(key, language) ?? key;

    /// <summary>The text of <paramref name="key"/>; <c>null</c> where there is none.</summary>
    public static string? Find(string key, string language) => Resources.GetString(key, CultureInfo.GetCultureInfo(language));

    /// <summary>The text of <paramref name="key"/> with its placeholders filled; a figure that is missing shows as <c>?</c>.</summary>
    public static string Fill(string key, JsonObject figures, string language) =>
        Placeholder().Replace(Of(key, language), match => Figure.Show(match.Groups[1].Value, figures[match.Groups[1].Value], language));

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
