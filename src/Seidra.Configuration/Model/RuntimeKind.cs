namespace Seidra.Configuration;

/// <summary>What starts a stack.</summary>
public enum RuntimeKind
{
    /// <summary>Docker Compose, with the Compose file of the clone.</summary>
    Compose,

    /// <summary>One detached process.</summary>
    Process,
}
