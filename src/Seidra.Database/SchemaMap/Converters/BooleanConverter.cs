namespace Seidra.Database;

/// <summary>Booleans as engines and programs write them: 0/1, t/f, true/false, yes/no, on/off.</summary>
internal sealed class BooleanConverter : IConverter
{
    public TargetType Type => TargetType.Boolean;

    public object? Convert(object? raw, ColumnRule rule, RowVerdict row)
    {
        if (raw is null)
            return null;
        switch (SourceText.Plain(raw)?.Trim().ToLowerInvariant())
        {
            case "1" or "t" or "true" or "y" or "yes" or "on":
                return true;
            case "0" or "f" or "false" or "n" or "no" or "off":
                return false;
            case "":
                return null;
            default:
                row.Note(rule.To, Reasons.NotBoolean, raw);
                return null;
        }
    }
}
