namespace Seidra.Configuration;

/// <summary>The CI workflows of Ultimate.</summary>
public sealed record WorkflowsSettings
{
    /// <summary>Where they are published; none leaves the line pending.</summary>
    public WorkflowsProvider Provider { get; init; }
}
