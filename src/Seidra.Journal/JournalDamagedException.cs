namespace Seidra.Journal;

/// <summary>A journal that is not what was written: a changed, removed, moved or doubled line.</summary>
public sealed class JournalDamagedException : JournalException
{
    internal JournalDamagedException(string path, long line, string expected, string found)
        : base($"{path} line {line}: expected {expected}, found {found}. Next: keep a copy of the state folder, then put back "
            + "an intact copy of the journal, or begin anew with another folder (--state=DIR).")
    {
        Line = line;
        Expected = expected;
        Found = found;
    }

    /// <summary>Number of the line, from 1; one past the last line where lines are missing at the end.</summary>
    public long Line { get; }

    /// <summary>What an undamaged journal has there.</summary>
    public string Expected { get; }

    /// <summary>What is there.</summary>
    public string Found { get; }
}
