namespace Seidra.Sandbox;

/// <summary>
/// The rehearsal's servers could not do what was asked. The message says what was expected, what was found and what to
/// do next; it never holds a secret.
/// </summary>
public sealed class SandboxException : Exception
{
    /// <summary>Creates the exception without details.</summary>
    public SandboxException()
    {
    }

    /// <summary>Creates the exception with what was expected, found and to be done.</summary>
    public SandboxException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception around the foreign error that caused it.</summary>
    public SandboxException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
