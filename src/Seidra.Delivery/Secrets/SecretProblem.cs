namespace Seidra.Delivery;

/// <summary>What is wrong with a secret.</summary>
public enum SecretFault
{
    /// <summary>A required name has no value.</summary>
    Missing,

    /// <summary>Too short, or too few different characters.</summary>
    Weak,

    /// <summary>A value that anybody can look up.</summary>
    KnownDefault,

    /// <summary>Not of the form that the backend reads.</summary>
    Malformed,
}

/// <summary>One thing wrong with the secrets.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Fault">What is wrong.</param>
/// <param name="Message">What was expected and what to do; never the value.</param>
public sealed record SecretProblem(string Name, SecretFault Fault, string Message);
