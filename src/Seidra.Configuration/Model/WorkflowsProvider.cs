namespace Seidra.Configuration;

/// <summary>Where the CI workflows are published.</summary>
public enum WorkflowsProvider
{
    /// <summary>Nowhere: the line stays pending.</summary>
    None,
}
