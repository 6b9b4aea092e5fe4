namespace Seidra.Journal;

/// <summary>The state folder belongs to another migration.</summary>
public sealed class JournalInstanceException : JournalException
{
    internal JournalInstanceException(string path, string expected, string found)
        : base($"{path}: expected the journal of instance '{expected}', found the journal of instance '{found}'. "
            + $"Next: give '{expected}' its own folder with --state=DIR, or correct 'instance' in the settings.")
    {
        Expected = expected;
        Found = found;
    }

    /// <summary>The instance of the settings.</summary>
    public string Expected { get; }

    /// <summary>The instance the journal is bound to.</summary>
    public string Found { get; }
}
