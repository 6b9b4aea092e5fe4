namespace Seidra.Database;

/// <summary>
/// PostgreSQL's own timestamps, text as SQL and ISO 8601 write it ("yyyy-MM-dd HH:mm:ss", a "T" between, a fraction, UTC's own
/// zone), and seconds since 1970.
/// </summary>
internal sealed class TimestampLane(int ordinal) : FieldLane
{
    private const int DateBytes = 10;
    private const int SecondsBytes = 19;
    private const int FractionDigits = 6;
    private const long SecondsLimit = 100_000_000_000;
    private const long MicrosecondsPerSecond = 1_000_000;
    private static readonly long _unixEpoch = PostgresTime.Of(DateTime.UnixEpoch);

    public override LaneOutcome Write(IRawRow row, FieldBuffer into)
    {
        var value = row.Raw(ordinal);
        long moment;
        switch (value.Kind)
        {
            case RawKind.Null:
                return LaneOutcome.Empty;
            case RawKind.Timestamp:
                moment = value.Number;
                break;
            case RawKind.Integer when value.Number is > -SecondsLimit and < SecondsLimit:
                moment = _unixEpoch + (value.Number * MicrosecondsPerSecond);
                break;
            case RawKind.Text when TryRead(value.Bytes, out moment):
                break;
            default:
                return LaneOutcome.Unusual;
        }

        if (!PostgresTime.IsDateTime(moment))
            return LaneOutcome.Unusual;
        into.Timestamp(moment);
        return LaneOutcome.Written;
    }

    /// <summary>Reads the usual forms; false for all others, right or wrong.</summary>
    /// <param name="text">The text.</param>
    /// <param name="moment">Microseconds since 2000-01-01.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out long moment)
    {
        moment = 0;
        if (text.Length < DateBytes || text[4] != '-' || text[7] != '-'
            || !Digits(text[..4], out var year) || !Digits(text.Slice(5, 2), out var month) || !Digits(text.Slice(8, 2), out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || (day > 28 && day > DateTime.DaysInMonth(year, month)))
            return false;
        moment = (Days(year, month, day) * 86_400 * MicrosecondsPerSecond) - PostgresTime.Epoch;
        if (text.Length == DateBytes)
            return true;
        if (text.Length < SecondsBytes || text[10] is not ((byte)' ' or (byte)'T') || text[13] != ':' || text[16] != ':'
            || !Digits(text.Slice(11, 2), out var hour) || !Digits(text.Slice(14, 2), out var minute) || !Digits(text.Slice(17, 2), out var second)
            || hour > 23 || minute > 59 || second > 59)
            return false;
        var microseconds = 0;
        var rest = text[SecondsBytes..];
        if (rest is [(byte)'.', ..] && !Fraction(ref rest, out microseconds))
            return false;
        moment += (((((hour * 60L) + minute) * 60) + second) * MicrosecondsPerSecond) + microseconds;
        return rest.Length == 0 || rest is [(byte)'Z'] || rest.SequenceEqual("+00:00"u8) || rest.SequenceEqual("+00"u8);
    }

    private static bool Fraction(ref ReadOnlySpan<byte> rest, out int microseconds)
    {
        microseconds = 0;
        var count = 0;
        for (rest = rest[1..]; rest.Length > 0 && char.IsAsciiDigit((char)rest[0]); rest = rest[1..])
        {
            // Digits behind the sixth are cut.
            if (count++ < FractionDigits)
                microseconds = (microseconds * 10) + (rest[0] - '0');
        }

        for (var missing = count; missing < FractionDigits; missing++)
            microseconds *= 10;
        return count > 0;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            number = (number * 10) + (digit - '0');
        }

        return true;
    }

    /// <summary>Days since 0001-01-01.</summary>
    private static long Days(int year, int month, int day)
    {
        // A year that begins in March has its leap day at its end.
        var (years, months) = month > 2 ? (year, month - 3) : (year - 1, month + 9);
        return (years * 365) + (years / 4) - (years / 100) + (years / 400) + (((months * 153) + 2) / 5) + day - 1 - 306;
    }
}
