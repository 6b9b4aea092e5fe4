namespace Seidra.Database;

/// <summary>
/// Epoch numbers, their unit told from their size: seconds up to the year 5138, then milliseconds, microseconds and
/// nanoseconds, each read as the unit in which it falls between 1973 and 5138.
/// </summary>
internal static class EpochTime
{
    private const double SecondsLimit = 1e11;

    public static DateTime? Read(double number)
    {
        if (!double.IsFinite(number))
            return null;
        // A double of today's seconds is exact to a quarter of a microsecond; a decimal made of it would keep 15 digits only.
        return Math.Abs(number) < SecondsLimit ? From((long)Math.Round(number * 1e6)) : Read((decimal)Math.Clamp(number, -1e20, 1e20));
    }

    public static DateTime? Read(long number) => Read((decimal)number);

    public static DateTime? Read(decimal number) => Math.Abs(number) switch
    {
        < 1e11m => From(number * 1_000_000m),
        < 1e14m => From(number * 1_000m),
        < 1e17m => From(number),
        < 1e20m => From(number / 1_000m),
        _ => null,
    };

    private static DateTime? From(decimal microseconds)
    {
        var ticks = DateTime.UnixEpoch.Ticks + (decimal.Floor(microseconds) * TimeSpan.TicksPerMicrosecond);
        return ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks ? null : new DateTime((long)ticks, DateTimeKind.Unspecified);
    }
}
