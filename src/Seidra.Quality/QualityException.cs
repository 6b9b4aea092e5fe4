namespace Seidra.Quality;

/// <summary>
/// A report that cannot be judged: missing, stale, damaged or of an unknown format. The message says what was
/// expected, what was found and what to do next; where a place in a file is known it starts with <c>path:line</c>.
/// </summary>
public sealed class QualityException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was expected, what was found, what to do next.</param>
    public QualityException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error around the foreign one that caused it.</summary>
    /// <param name="message">What was expected, what was found, what to do next.</param>
    /// <param name="inner">The foreign error.</param>
    public QualityException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
