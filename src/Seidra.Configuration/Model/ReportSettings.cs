namespace Seidra.Configuration;

/// <summary>The report.</summary>
public sealed record ReportSettings
{
    /// <summary>People of QA who sign it.</summary>
    public IReadOnlyList<string> Signers { get; init; } = [];
}
