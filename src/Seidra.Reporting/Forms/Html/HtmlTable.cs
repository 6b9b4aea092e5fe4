namespace Seidra.Reporting.Html;

/// <summary>A table: a heading for every column and for every row, numbers to the right, room to scroll on a phone.</summary>
internal static class HtmlTable
{
    /// <summary>Writes the table.</summary>
    /// <param name="page">The page.</param>
    /// <param name="label">What the table is about, for people who cannot see it.</param>
    /// <param name="columns">The words of the columns; the first one heads the rows.</param>
    /// <param name="rows">The cells, as many as columns.</param>
    /// <param name="total">A last row that sums up; <c>null</c> for none.</param>
    public static void Write(HtmlPage page, string label, Column[] columns, IEnumerable<string[]> rows, string[]? total = null)
    {
        using (page.In("div", ("class", "scroll"), ("tabindex", "0"), ("role", "region"), ("aria-label", label)))
        using (page.In("table"))
        {
            using (page.In("thead"))
            using (page.In("tr"))
            {
                foreach (var column in columns)
                {
                    page.Element("th", page.Words.Word(column.Key), ("scope", "col"), ("class", Style(column)));
                }
            }

            using (page.In("tbody"))
            {
                foreach (var row in rows)
                {
                    Row(page, columns, row);
                }
            }

            if (total is not null)
            {
                using (page.In("tfoot"))
                {
                    Row(page, columns, total);
                }
            }
        }
    }

    private static void Row(HtmlPage page, Column[] columns, string[] cells)
    {
        using (page.In("tr"))
        {
            page.Element("th", cells[0], ("scope", "row"));
            foreach (var (column, cell) in columns.Zip(cells).Skip(1))
            {
                page.Element("td", cell, ("class", Style(column)));
            }
        }
    }

    private static string Style(Column column) => column.IsNumber ? "number" : "text";

    /// <summary>One column.</summary>
    /// <param name="Key">The key of its word.</param>
    /// <param name="IsNumber">Whether it holds numbers.</param>
    internal readonly record struct Column(string Key, bool IsNumber = false);
}
