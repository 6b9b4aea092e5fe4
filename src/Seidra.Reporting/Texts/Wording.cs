using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Seidra.Journal;

namespace Seidra.Reporting;

/// <summary>The report's own words in one language.</summary>
internal sealed partial class Wording(string language)
{
    /// <summary><c>en</c> or <c>fr</c>.</summary>
    public string Language => language;

    /// <summary>The word <c>Report.key</c>.</summary>
    public string Word(string key) => Text.Of($"Report.{key}", language);

    /// <summary>The sentence <c>Report.key</c> with its figures.</summary>
    public string Fill(string key, JsonObject figures) => Text.Fill($"Report.{key}", figures, language);

    /// <summary>The word <c>Report.key</c>, a colon as the language sets it, and the value.</summary>
    public string Labelled(string key, string value) => Fill("Labelled", new JsonObject { ["label"] = Word(key), ["value"] = value });

    /// <summary>The name of a status.</summary>
    public string Status(StepStatus status) => Text.Of($"Status.{status}", language);

    /// <summary>A number.</summary>
    public string Number(double number) => Figure.Number(number, language);

    /// <summary>A size in bytes.</summary>
    public string Size(double bytes) => Figure.Size(bytes, language);

    /// <summary>A working time; nothing where no work was done.</summary>
    public string Duration(TimeSpan span) => span == TimeSpan.Zero ? "" : Figure.Duration(span, language);

    /// <summary>Whether two checksums agree.</summary>
    public string Checksum(bool equal) => Word(equal ? "Equal" : "Different");

    /// <summary>A verdict on a row in words; the reason itself where this version has no words for it.</summary>
    public string Reason(string reason) => Text.Find($"Reason.{Kebab().Replace(reason, "-$0").ToLowerInvariant()}", language) ?? reason;

    // JSON policies may have turned a reason's dashes into capitals.
    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex Kebab();
}
