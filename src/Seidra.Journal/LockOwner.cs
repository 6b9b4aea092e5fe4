namespace Seidra.Journal;

/// <summary>Who holds the lock of a state folder.</summary>
/// <param name="Host">Machine of the owner.</param>
/// <param name="Pid">Process id on that machine; 0 where the owner has not written it yet.</param>
/// <param name="User">Account of the owner.</param>
/// <param name="Since">When the lock was taken (UTC).</param>
/// <param name="What">What the owner does, such as <c>Cutover</c>.</param>
public sealed record LockOwner(string Host, int Pid, string User, DateTimeOffset Since, string What);
