namespace Seidra.Database;

/// <summary>
/// The one error that leaves this library. Its message says what was expected, what was found and what to do next, and
/// never holds a password.
/// </summary>
public sealed class DatabaseException : Exception
{
    /// <summary>Creates an error of one sentence.</summary>
    /// <param name="message">What was expected, what was found, what to do next.</param>
    /// <param name="inner">The engine's own error, if there was one.</param>
    public DatabaseException(string message, Exception? inner = null)
        : base(message, inner)
    {
        Problems = [message];
    }

    /// <summary>Creates an error that carries a whole list of problems, so that all are seen in one run.</summary>
    /// <param name="summary">One line that names what failed.</param>
    /// <param name="problems">Each problem as a sentence of its own.</param>
    public DatabaseException(string summary, IReadOnlyList<string> problems)
        : base(summary + string.Concat(problems.Select(problem => $"{Environment.NewLine}  - {problem}")))
    {
        Problems = problems;
    }

    /// <summary>Every problem found, at least one.</summary>
    public IReadOnlyList<string> Problems { get; }
}
