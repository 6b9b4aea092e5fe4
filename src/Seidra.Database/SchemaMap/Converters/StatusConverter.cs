namespace Seidra.Database;

/// <summary>A job's status in Ultimate's words; work in flight is settled, unknown words take the default.</summary>
internal sealed class StatusConverter : IConverter
{
    private static readonly string[] _known = ["pending", "processing", "completed", "failed", "cancelled"];

    /// <summary>Ultimate's words.</summary>
    public static IReadOnlyCollection<string> Known => _known;

    public TargetType Type => TargetType.Text;

    public object? Convert(object? raw, ColumnRule rule, RowVerdict row)
    {
        var text = SourceText.Read(raw, rule.To, row)?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(text))
            return null;
        if (rule.Settle.TryGetValue(text, out var settled))
        {
            row.Note(rule.To, Reasons.StatusSettled, raw);
            return settled;
        }

        var status = rule.Values.GetValueOrDefault(text, text);
        if (_known.Contains(status))
            return status;
        row.Note(rule.To, Reasons.UnknownStatus, raw);
        return null;
    }
}
