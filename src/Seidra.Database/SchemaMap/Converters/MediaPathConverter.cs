namespace Seidra.Database;

/// <summary>A path of a media row, rewritten to where the file lies in Ultimate.</summary>
internal sealed class MediaPathConverter : IConverter
{
    public TargetType Type => TargetType.Text;

    public object? Convert(object? raw, ColumnRule rule, RowVerdict row)
    {
        var path = SourceText.Read(raw, rule.To, row);
        if (string.IsNullOrWhiteSpace(path))
            return null;
        var mapped = row.MapMediaPath(path);
        if (mapped is null)
            row.Note(rule.To, Reasons.PathUnmapped, path);
        return TextLength.Fit(mapped, rule, row);
    }
}
