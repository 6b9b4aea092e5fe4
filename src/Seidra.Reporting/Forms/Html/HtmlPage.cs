using System.Text;

namespace Seidra.Reporting.Html;

/// <summary>
/// Writes a page that is HTML and well-formed XML at once. All text and all attribute values pass through one escape, so
/// that no name from a database and no message from a server can become markup.
/// </summary>
internal sealed class HtmlPage(Wording words)
{
    private readonly StringBuilder _text = new();

    /// <summary>The words of the page's language.</summary>
    public Wording Words => words;

    /// <summary>The whole document.</summary>
    public Scope Document()
    {
        _text.Append("<!DOCTYPE html>\n");
        return In("html", ("lang", words.Language));
    }

    /// <summary>An element that ends with the scope.</summary>
    public Scope In(string tag, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(tag, attributes);
        _text.Append('>');
        return new Scope(this, tag);
    }

    /// <summary>An element with text.</summary>
    public void Element(string tag, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        using (In(tag, attributes))
        {
            Text(text);
        }
    }

    /// <summary>An element that HTML knows to be empty, such as <c>meta</c>.</summary>
    public void Void(string tag, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(tag, attributes);
        _text.Append(" />\n");
    }

    /// <summary>Text.</summary>
    public void Text(string text) => _text.Append(Escape(text));

    /// <summary>The program's own style sheet, the only thing that is written as it is.</summary>
    public void Style(string css) => _text.Append("<style>\n").Append(css).Append("</style>\n");

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void Start(string tag, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _text.Append('<').Append(tag);
        foreach (var (name, value) in attributes)
        {
            _text.Append(' ').Append(name).Append("=\"").Append(Escape(value)).Append('"');
        }
    }

    private static string Escape(string text) => PlainText.Printable(text)
        .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;").Replace("'", "&#39;");

    /// <summary>An open element.</summary>
    internal readonly ref struct Scope(HtmlPage page, string tag)
    {
        /// <summary>Ends the element.</summary>
        public void Dispose() => page._text.Append("</").Append(tag).Append(">\n");
    }
}
