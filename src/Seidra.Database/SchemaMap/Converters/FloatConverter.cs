using System.Globalization;

namespace Seidra.Database;

/// <summary>Finite floating-point numbers: Ultimate's answers are JSON, which knows neither NaN nor infinity.</summary>
internal sealed class FloatConverter : IConverter
{
    public TargetType Type => TargetType.Float;

    public object? Convert(object? raw, ColumnRule rule, RowVerdict row)
    {
        if (raw is double ready && double.IsFinite(ready))
            return ready;
        var text = SourceText.Plain(raw)?.Trim();
        if (raw is null || text == "")
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            return number;
        row.Note(rule.To, Reasons.NotNumber, raw);
        return null;
    }
}
