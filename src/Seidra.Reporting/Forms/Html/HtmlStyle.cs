using System.Reflection;

namespace Seidra.Reporting.Html;

/// <summary>The report's style sheet; it travels inside the assembly and then inside the page.</summary>
internal static class HtmlStyle
{
    /// <summary>The style sheet.</summary>
    public static string Css { get; } = Read();

    private static string Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Seidra.Reporting.Resources.report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
