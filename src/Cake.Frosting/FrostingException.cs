namespace Cake.Frosting;

/// <summary>The program is put together in a way that cannot run: a missing task, a wrong context type, a name given twice.</summary>
public sealed class FrostingException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="FrostingException"/> class.</summary>
    /// <param name="message">What was expected and what was found.</param>
    public FrostingException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="FrostingException"/> class.</summary>
    /// <param name="message">What was expected and what was found.</param>
    /// <param name="innerException">What led to it.</param>
    public FrostingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
