using System.Globalization;
using System.Resources;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Seidra.Reporting;

/// <summary>
/// The texts of the two languages, by resource key. Figures fill <c>{name}</c>; <c>{name|one|many}</c> is the word that
/// agrees with the figure of that name.
/// </summary>
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
        Placeholder().Replace(Of(key, language), match => Filled(match, figures[match.Groups["name"].Value], language));

    private static string Filled(Match match, JsonNode? figure, string language) =>
        !match.Groups["one"].Success ? Figure.Show(match.Groups["name"].Value, figure, language)
        : IsSingular(Figure.Value(figure), language) ? match.Groups["one"].Value
        : match.Groups["many"].Value;

    // French counts 0 and 1.5 as singular, English only 1.
    private static bool IsSingular(double? number, string language) => language == "fr" ? number is < 2 : number is 1;

    [GeneratedRegex(@"\{(?<name>\w+)(?:\|(?<one>[^|{}]*)\|(?<many>[^|{}]*))?\}")]
    private static partial Regex Placeholder();
}
