using System.Globalization;
using System.Text.RegularExpressions;

namespace Seidra.Database;

/// <summary>
/// Timestamps written as text: ISO 8601 and its SQL forms, with a zone or without (then UTC is meant), any number of
/// fractional digits (cut to microseconds), or an epoch number.
/// </summary>
internal static partial class TimestampText
{
    public static DateTime? Read(string text)
    {
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return EpochTime.Read(number);
        var match = Form().Match(text);
        if (!match.Success)
            return null;
        var (year, month, day) = (Part(match, "y"), Part(match, "mo"), Part(match, "d"));
        var (hour, minute, second) = (Part(match, "h"), Part(match, "mi"), Part(match, "s"));
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 24 || minute > 59 || second > 60)
            return null;
        var fraction = match.Groups["f"].Value;
        var microseconds = fraction.Length == 0 ? 0 : int.Parse(fraction.PadRight(6, '0')[..6], CultureInfo.InvariantCulture);
        var offset = Offset(match);
        var ticks = new DateTime(year, month, day).Ticks
            + hour * TimeSpan.TicksPerHour + minute * TimeSpan.TicksPerMinute + second * TimeSpan.TicksPerSecond
            + microseconds * TimeSpan.TicksPerMicrosecond - offset.Ticks;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTime(ticks, DateTimeKind.Unspecified);
    }

    private static TimeSpan Offset(Match match)
    {
        if (!match.Groups["sign"].Success)
            return TimeSpan.Zero;
        var offset = new TimeSpan(Part(match, "zh"), Part(match, "zm"), 0);
        return match.Groups["sign"].Value == "-" ? -offset : offset;
    }

    private static int Part(Match match, string name) =>
        match.Groups[name] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?<y>[0-9]{4})-(?<mo>[0-9]{2})-(?<d>[0-9]{2})(?:[T ](?<h>[0-9]{2}):(?<mi>[0-9]{2})(?::(?<s>[0-9]{2})(?:[.,](?<f>[0-9]+))?)?\s*(?:Z|z|UTC|(?<sign>[+-])(?<zh>[0-9]{2}):?(?<zm>[0-9]{2})?(?::[0-9]{2})?)?)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
