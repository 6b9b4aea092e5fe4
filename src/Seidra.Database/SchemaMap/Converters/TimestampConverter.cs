namespace Seidra.Database;

/// <summary>Points in time, as UTC without zone in whole microseconds, which is how Ultimate stores them.</summary>
internal sealed class TimestampConverter : IConverter
{
    public TargetType Type => TargetType.Timestamp;

    public object? Convert(object? raw, ColumnRule rule, RowVerdict row)
    {
        if (raw is null)
            return null;
        var moment = raw switch
        {
            long number => EpochTime.Read(number),
            double number => EpochTime.Read(number),
            _ => SourceText.Plain(raw) is { } text ? TimestampText.Read(text.Trim()) : null,
        };
        if (moment is null && SourceText.Plain(raw)?.Trim() != "")
            row.Note(rule.To, Reasons.NotTimestamp, raw);
        return moment;
    }
}
