namespace Seidra.Journal;

/// <summary>Another run works on this state folder (exit code 6).</summary>
public sealed class LockHeldException : JournalException
{
    internal LockHeldException(string stateDirectory, LockOwner owner)
        : base($"Expected the state folder {stateDirectory} to be free, found it locked by process {owner.Pid} of {owner.User} on "
            + $"{owner.Host} since {owner.Since:yyyy-MM-dd HH:mm:ss}Z ({owner.What}). Next: wait for that run or end it; "
            + "the lock goes with its process.") =>
        Owner = owner;

    /// <summary>Who holds it.</summary>
    public LockOwner Owner { get; }
}
