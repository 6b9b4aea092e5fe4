using System.Globalization;
using System.Text.RegularExpressions;

namespace Seidra.Database;

/// <summary>
/// How a column of Classic writes points in time: a whole or broken epoch number of some unit, or text with or without T and
/// zone. Told from the values that are there, so that Classic's own code goes on reading its column.
/// </summary>
/// <param name="TicksPerUnit">Of an epoch number; 0 for text.</param>
/// <param name="IsWhole">Whether the epoch number has no fraction.</param>
/// <param name="Separator">Between date and time of a text.</param>
/// <param name="Zone">Behind the text: empty, Z, +00, +00:00 and so on.</param>
/// <param name="Offset">What the zone adds to UTC.</param>
internal sealed partial record TimeForm(long TicksPerUnit, bool IsWhole, char Separator, string Zone, TimeSpan Offset)
{
    /// <summary>The form of a column that holds nothing yet.</summary>
    public static TimeForm OfType(string type) => type switch
    {
        _ when type.Contains("with time zone", StringComparison.Ordinal) && !type.Contains("without", StringComparison.Ordinal) => Text(' ', "+00"),
        _ when type.Contains("int", StringComparison.Ordinal) => new TimeForm(TimeSpan.TicksPerSecond, true, ' ', "", TimeSpan.Zero),
        "real" or "double precision" or "float" or "double" or "numeric" => new TimeForm(TimeSpan.TicksPerSecond, false, ' ', "", TimeSpan.Zero),
        _ => Text(' ', ""),
    };

    /// <summary>The form of a value; null where it is no point in time.</summary>
    public static TimeForm? Of(object? raw)
    {
        switch (raw)
        {
            case null:
                return null;
            case long number:
                return new TimeForm(Unit(number), true, ' ', "", TimeSpan.Zero);
            case double number when double.IsFinite(number):
                return new TimeForm(Unit((decimal)Math.Clamp(number, -1e20, 1e20)), false, ' ', "", TimeSpan.Zero);
        }

        var text = SourceText.Plain(raw)?.Trim();
        if (text is null || TimestampText.Read(text) is null)
            return null;
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var epoch))
            return new TimeForm(Unit(epoch), !text.Contains('.'), ' ', "", TimeSpan.Zero);
        var match = Tail().Match(text);
        var zone = match.Groups["zone"].Value;
        return new TimeForm(0, false, text.Length > 10 && text[10] == 'T' ? 'T' : ' ', zone, Parse(zone));
    }

    /// <summary>The value as the column writes it: long, double or text.</summary>
    public object Write(DateTime utc)
    {
        if (TicksPerUnit > 0)
        {
            var ticks = utc.Ticks - DateTime.UnixEpoch.Ticks;
            return IsWhole ? (long)Math.Floor((decimal)ticks / TicksPerUnit) * Scale : (object)(double)((decimal)ticks / TicksPerUnit);
        }

        var local = new DateTime(Math.Clamp(utc.Ticks + Offset.Ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Unspecified);
        var fraction = local.Ticks % TimeSpan.TicksPerSecond == 0 ? "" : ".ffffff";
        return local.ToString($"yyyy-MM-dd'{Separator}'HH:mm:ss{fraction}", CultureInfo.InvariantCulture) + Zone;
    }

    // Nanoseconds are finer than a tick.
    private long Scale => TicksPerUnit == 1 ? 100 : 1;

    private static TimeForm Text(char separator, string zone) => new(0, false, separator, zone, TimeSpan.Zero);

    // The same limits by which epoch numbers are read.
    private static long Unit(decimal number) => Math.Abs(number) switch
    {
        < 1e11m => TimeSpan.TicksPerSecond,
        < 1e14m => TimeSpan.TicksPerMillisecond,
        < 1e17m => TimeSpan.TicksPerMicrosecond,
        _ => 1,
    };

    private static TimeSpan Parse(string zone)
    {
        if (zone.Length < 3 || zone[0] is not ('+' or '-'))
            return TimeSpan.Zero;
        var digits = zone[1..].Replace(":", "", StringComparison.Ordinal).PadRight(4, '0');
        var offset = new TimeSpan(int.Parse(digits[..2], CultureInfo.InvariantCulture), int.Parse(digits[2..4], CultureInfo.InvariantCulture), 0);
        return zone[0] == '-' ? -offset : offset;
    }

    [GeneratedRegex(@"(?<=[0-9])\s*(?<zone>Z|z|UTC|(?<=:[0-9.,]+\s*)[+-][0-9]{2}(?::?[0-9]{2})?)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Tail();
}
