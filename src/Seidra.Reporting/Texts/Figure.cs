using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Seidra.Reporting;

/// <summary>Shows one figure in a language; its unit follows from its name: <c>…Ms</c> is a time, <c>bytes</c> a size.</summary>
public static class Figure
{
    private const string NarrowNoBreakSpace = "\u202f";
    private static readonly string[] SizeUnits = ["KiB", "MiB", "GiB", "TiB"];
    private static readonly NumberFormatInfo English = new() { NumberGroupSeparator = ",", NumberDecimalSeparator = "." };
    private static readonly NumberFormatInfo French = new() { NumberGroupSeparator = NarrowNoBreakSpace, NumberDecimalSeparator = "," };

    /// <summary>The figure as a person reads it; <c>?</c> where there is none.</summary>
    public static string Show(string name, JsonNode? value, string language)
    {
        if (value is null)
        {
            return "?";
        }

        if (value.GetValueKind() is not JsonValueKind.Number)
        {
            return value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        }

        var number = Convert.ToDouble(value.ToJsonString(), CultureInfo.InvariantCulture);
        return name.EndsWith("Ms", StringComparison.Ordinal) ? Duration(TimeSpan.FromMilliseconds(number), language)
            : name.EndsWith("bytes", StringComparison.OrdinalIgnoreCase) ? Size(number, language)
            : Number(number, language);
    }

    /// <summary>A number with the language's separators.</summary>
    public static string Number(double number, string language) => number.ToString("#,0.##", Format(language));

    /// <summary>A time span in the unit that fits it.</summary>
    public static string Duration(TimeSpan span, string language) => span switch
    {
        { TotalMilliseconds: < 1 } and { Ticks: > 0 } => $"< 1{Space(language)}ms",
        { TotalSeconds: < 1 } => $"{span.TotalMilliseconds.ToString("0", Format(language))}{Space(language)}ms",
        { TotalMinutes: < 1 } => $"{span.TotalSeconds.ToString("0.0", Format(language))}{Space(language)}s",
        { TotalHours: < 1 } => $"{(int)span.TotalMinutes}{Space(language)}min {span.Seconds:00}{Space(language)}s",
        _ => $"{(int)span.TotalHours}{Space(language)}h {span.Minutes:00}{Space(language)}min",
    };

    /// <summary>A size in binary units.</summary>
    public static string Size(double bytes, string language)
    {
        if (bytes < 1024)
        {
            return $"{Number(bytes, language)}{Space(language)}B";
        }

        var unit = Math.Min((int)Math.Log(bytes, 1024), SizeUnits.Length);
        return $"{(bytes / Math.Pow(1024, unit)).ToString("#,0.0", Format(language))}{Space(language)}{SizeUnits[unit - 1]}";
    }

    private static NumberFormatInfo Format(string language) => language == "fr" ? French : English;

    private static string Space(string language) => language == "fr" ? NarrowNoBreakSpace : " ";
}
