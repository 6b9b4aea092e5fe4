namespace Seidra.Journal;

/// <summary>The journal or its folder cannot be used; the message says what was expected, what was found, what to do.</summary>
public class JournalException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was expected, what was found, what to do next.</param>
    /// <param name="inner">What the system said.</param>
    public JournalException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
