namespace Seidra.Database;

/// <summary>How to find the row that a new one pushes out by one unique index.</summary>
/// <param name="Same">The condition on rows of the table, with the new row as NEW.</param>
/// <param name="Changed">Whether an UPDATE touches the index at all; null where that cannot be told.</param>
internal sealed record SqliteConflict(string Same, string? Changed)
{
    /// <param name="terms">Name (empty for an expression) and collation of each term.</param>
    /// <param name="text">The statement, where the index has expressions or a condition.</param>
    /// <param name="columns">The table's columns.</param>
    public static SqliteConflict Of(List<string[]> terms, SqliteIndexText? text, IReadOnlyList<string> columns)
    {
        var same = terms.Select((term, at) =>
        {
            var (left, right) = term[0].Length > 0
                ? (SqlName.Quote(term[0]), $"NEW.{SqlName.Quote(term[0])}")
                : (text!.Terms[at], OfNew(text.Terms[at], columns));
            return $"{left} = {right}{(term[1] == "BINARY" ? "" : $" COLLATE {SqlName.Quote(term[1])}")}";
        });
        var changed = terms.Select(term => $"NEW.{SqlName.Quote(term[0])} COLLATE BINARY IS NOT OLD.{SqlName.Quote(term[0])}");
        return new SqliteConflict(
            string.Join(" AND ", text?.Where is { } where ? same.Append($"({where}\n)") : same),
            text is null ? string.Join(" OR ", changed) : null);
    }

    // The expression's bare names must mean the new row: they are given to it as the columns of a row of their own.
    private static string OfNew(string expression, IReadOnlyList<string> columns)
    {
        var used = columns.Where(column => expression.Contains(column, StringComparison.OrdinalIgnoreCase)).Select(column => $"NEW.{SqlName.Quote(column)} AS {SqlName.Quote(column)}");
        return $"(SELECT {expression} FROM (SELECT {string.Join(", ", used)}))";
    }
}
