namespace Seidra.Media;

/// <summary>A media operation that could not be done. The message says what was expected, what was found and what to do.</summary>
public class MediaException : Exception
{
    /// <summary>Creates the exception.</summary>
    public MediaException(string message, Exception? inner = null) : base(message, inner) => Problems = [];

    /// <summary>Creates the exception over a list of problems of single objects.</summary>
    public MediaException(string message, IReadOnlyList<string> problems) : base(message) => Problems = problems;

    /// <summary>Problems of single objects, one line each; empty where the store as a whole failed.</summary>
    public IReadOnlyList<string> Problems { get; }
}
