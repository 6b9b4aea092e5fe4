using System.Globalization;

namespace Seidra.Database;

/// <summary>Timestamps as PostgreSQL sends them (microseconds since 2000-01-01) and as it writes them (datestyle ISO).</summary>
internal static class PostgresTime
{
    public const long Infinity = long.MaxValue;
    public const long MinusInfinity = long.MinValue;

    /// <summary>2000-01-01 in microseconds since 0001-01-01.</summary>
    public static readonly long Epoch = new DateTime(2000, 1, 1).Ticks / TimeSpan.TicksPerMicrosecond;

    private const long MicrosecondsPerDay = 86_400_000_000;
    private static readonly long _highest = (DateTime.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond) - Epoch;

    /// <summary>Whether it lies between the years 1 and 9999.</summary>
    public static bool IsDateTime(long microseconds) => microseconds >= -Epoch && microseconds <= _highest;

    public static long Of(DateTime moment) => (moment.Ticks / TimeSpan.TicksPerMicrosecond) - Epoch;

    public static DateTime Read(long microseconds) => new((microseconds + Epoch) * TimeSpan.TicksPerMicrosecond, DateTimeKind.Unspecified);

    /// <summary>The text that PostgreSQL writes in a session whose zone is UTC.</summary>
    public static string Text(long microseconds, bool zoned)
    {
        if (microseconds is Infinity or MinusInfinity)
            return microseconds == Infinity ? "infinity" : "-infinity";
        var days = Math.DivRem(microseconds, MicrosecondsPerDay, out var rest);
        if (rest < 0)
            (days, rest) = (days - 1, rest + MicrosecondsPerDay);
        var (year, month, day) = Date(days);
        var time = new TimeSpan(rest * TimeSpan.TicksPerMicrosecond);
        var fraction = rest % 1_000_000 == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $".{rest % 1_000_000:D6}").TrimEnd('0');
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(year > 0 ? year : 1 - year):D4}-{month:D2}-{day:D2} {time.Hours:D2}:{time.Minutes:D2}:{time.Seconds:D2}{fraction}{(zoned ? "+00" : "")}{(year > 0 ? "" : " BC")}");
    }

    // The proleptic Gregorian calendar repeats every 400 years, which are 146,097 days; DateTime knows the first 9,999 of them.
    private static (long Year, int Month, int Day) Date(long daysSince2000)
    {
        const int Cycle = 146_097;
        var cycles = Math.DivRem(daysSince2000, Cycle, out var rest);
        if (rest < 0)
            (cycles, rest) = (cycles - 1, rest + Cycle);
        var date = new DateTime(2000, 1, 1).AddDays(rest);
        return (date.Year + (cycles * 400), date.Month, date.Day);
    }
}
