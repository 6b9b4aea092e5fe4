namespace Seidra.Configuration;

/// <summary>The QA battery and its gates. Paths are relative to the clone.</summary>
public sealed record QualitySettings
{
    /// <summary>Program and arguments of the battery, run in the clone.</summary>
    public IReadOnlyList<string> Command { get; init; } = ["./scripts/ci-report.sh"];

    /// <summary>Longest time (s) of the battery.</summary>
    [Range(1, 86400)]
    public int TimeoutSeconds { get; init; } = 3600;

    /// <summary>Folder the battery fills.</summary>
    public string Reports { get; init; } = "reports/qa";

    /// <summary>Coverage of the backend (Cobertura or lcov).</summary>
    public string BackendCoverage { get; init; } = "reports/qa/backend/coverage.xml";

    /// <summary>Least backend coverage (percent of lines).</summary>
    [Range(0, 100)]
    public double BackendMinimum { get; init; } = 85;

    /// <summary>Coverage of the frontend (Cobertura or lcov).</summary>
    public string FrontendCoverage { get; init; } = "reports/qa/frontend/lcov.info";

    /// <summary>Least frontend coverage (percent of lines).</summary>
    [Range(0, 100)]
    public double FrontendMinimum { get; init; } = 80;

    /// <summary>JUnit reports of the unit tests.</summary>
    public IReadOnlyList<string> UnitTests { get; init; } = ["reports/qa/backend/junit.xml", "reports/qa/frontend/junit.xml"];

    /// <summary>JUnit report of Playwright; null leaves the line pending.</summary>
    public string? EndToEnd { get; init; } = "reports/qa/e2e/junit.xml";

    /// <summary>True only in rehearsals: the figures are a stand-in's, and the report says so.</summary>
    public bool StandIn { get; init; }
}
