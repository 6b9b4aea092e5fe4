namespace Seidra.Reporting.Html;

/// <summary>A section of the page under its heading.</summary>
internal static class Section
{
    /// <summary>Opens the section <c>Report.key</c>.</summary>
    public static HtmlPage.Scope Open(HtmlPage page, string key)
    {
        var section = page.In("section", ("aria-labelledby", key));
        page.Element("h2", page.Words.Word(key), ("id", key));
        return section;
    }

    /// <summary>Says in one line why the section is empty.</summary>
    public static void Nothing(HtmlPage page, string key) => page.Element("p", page.Words.Word(key), ("class", "note"));
}
