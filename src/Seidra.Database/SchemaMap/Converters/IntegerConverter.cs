using System.Globalization;

namespace Seidra.Database;

/// <summary>Whole numbers within 32 bits.</summary>
internal sealed class IntegerConverter : IConverter
{
    public TargetType Type => TargetType.Integer;

    public object? Convert(object? raw, ColumnRule rule, RowVerdict row)
    {
        var text = SourceText.Plain(raw)?.Trim();
        if (raw is null || text == "")
            return null;
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number == decimal.Truncate(number) && number is >= int.MinValue and <= int.MaxValue)
            return (long)number;
        row.Note(rule.To, Reasons.NotNumber, raw);
        return null;
    }
}
