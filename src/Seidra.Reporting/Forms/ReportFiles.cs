namespace Seidra.Reporting;

/// <summary>Where the report lies.</summary>
/// <param name="Html">For people.</param>
/// <param name="Json">For scripts.</param>
/// <param name="Markdown">For wikis and step summaries.</param>
public sealed record ReportFiles(string Html, string Json, string Markdown);
