using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Seidra.Reporting;

/// <summary>Shows one figure in a language; its unit follows from its name: <c>…Ms</c> is a time, <c>bytes</c> a size, <c>at</c> an instant.</summary>
public static class Figure
{
    private const string NarrowNoBreakSpace = "\u202f";
    private static readonly string[] EnglishSizes = ["B", "KiB", "MiB", "GiB", "TiB"];
    private static readonly string[] FrenchSizes = ["o", "Kio", "Mio", "Gio", "Tio"];
    private static readonly NumberFormatInfo English = new() { NumberGroupSeparator = ",", NumberDecimalSeparator = "." };
    private static readonly NumberFormatInfo French = new() { NumberGroupSeparator = NarrowNoBreakSpace, NumberDecimalSeparator = "," };

    /// <summary>The figure as a person reads it; <c>?</c> where there is none.</summary>
    public static string Show(string name, JsonNode? value, string language) => value?.GetValueKind() switch
    {
        null => "?",
        JsonValueKind.Number => Measure(name, Value(value)!.Value, language),
        JsonValueKind.String => Word(name, value.GetValue<string>()),
        _ => value.ToJsonString(),
    };

    /// <summary>The figure as a number; <c>null</c> where it is none.</summary>
    public static double? Value(JsonNode? value) => value?.GetValueKind() is JsonValueKind.Number
        ? Convert.ToDouble(value.ToJsonString(), CultureInfo.InvariantCulture)
        : null;

    /// <summary>A number with the language's separators.</summary>
    public static string Number(double number, string language) => number.ToString("#,0.##", Format(language));

    /// <summary>A time span in the unit that fits it.</summary>
    public static string Duration(TimeSpan span, string language)
    {
        var space = Space(language);
        var seconds = Math.Round(span.TotalSeconds, 1);
        var whole = TimeSpan.FromSeconds(Math.Round(span.TotalSeconds));
        return span switch
        {
            { TotalMilliseconds: < 1 } and { Ticks: > 0 } => $"<{space}1{space}ms",
            { TotalMilliseconds: < 999.5 } => $"{span.TotalMilliseconds.ToString("0", Format(language))}{space}ms",
            _ when seconds < 60 => $"{seconds.ToString("0.0", Format(language))}{space}s",
            _ when whole.TotalHours < 1 => $"{(int)whole.TotalMinutes}{space}min {whole.Seconds:00}{space}s",
            _ => $"{(int)whole.TotalHours}{space}h {whole.Minutes:00}{space}min",
        };
    }

    /// <summary>A size in binary units.</summary>
    public static string Size(double bytes, string language)
    {
        var units = language == "fr" ? FrenchSizes : EnglishSizes;
        var unit = bytes < 1024 ? 0 : Math.Min((int)Math.Log(bytes, 1024), units.Length - 1);
        var number = (bytes / Math.Pow(1024, unit)).ToString(unit == 0 ? "#,0" : "#,0.0", Format(language));
        return $"{number}{Space(language)}{units[unit]}";
    }

    /// <summary>An instant in UTC, the same in every language so that it can be compared with logs.</summary>
    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Measure(string name, double number, string language) =>
        name.EndsWith("Ms", StringComparison.Ordinal) ? Duration(TimeSpan.FromMilliseconds(number), language)
        : name.EndsWith("bytes", StringComparison.OrdinalIgnoreCase) ? Size(number, language)
        : Number(number, language);

    private static string Word(string name, string word) =>
        (name == "at" || name.EndsWith("At", StringComparison.Ordinal))
        && DateTimeOffset.TryParse(word, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? Instant(at)
            : word;

    private static NumberFormatInfo Format(string language) => language == "fr" ? French : English;

    // A number never parts from its unit at the end of a line; French typography wants the narrow space.
    private static string Space(string language) => language == "fr" ? NarrowNoBreakSpace : "\u00a0";
}
