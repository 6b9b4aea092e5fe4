namespace Seidra.Reporting;

/// <summary>The report cannot be written; the message says why and what to do next.</summary>
public sealed class ReportException(string message, Exception inner) : Exception(message, inner);
