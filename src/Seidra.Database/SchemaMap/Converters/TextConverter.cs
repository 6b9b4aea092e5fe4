namespace Seidra.Database;

/// <summary>Text as it is, within the column's length.</summary>
internal sealed class TextConverter : IConverter
{
    public TargetType Type => TargetType.Text;

    public object? Convert(object? raw, ColumnRule rule, RowVerdict row) =>
        TextLength.Fit(SourceText.Read(raw, rule.To, row), rule, row);
}
