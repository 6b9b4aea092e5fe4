namespace Seidra.Reporting.Html;

/// <summary>Named figures side by side.</summary>
internal static class FigureList
{
    /// <summary>Writes the figures; each is the key of its word and its value.</summary>
    public static void Write(HtmlPage page, params ReadOnlySpan<(string Key, string Value)> figures)
    {
        using (page.In("dl", ("class", "figures")))
        {
            foreach (var (key, value) in figures)
            {
                using (page.In("div"))
                {
                    page.Element("dt", page.Words.Word(key));
                    page.Element("dd", value);
                }
            }
        }
    }
}
