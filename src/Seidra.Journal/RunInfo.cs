namespace Seidra.Journal;

/// <summary>One run of the program against this state folder.</summary>
/// <param name="Id">Unique name of the run.</param>
/// <param name="Target">The target asked for, such as <c>Cutover</c>.</param>
/// <param name="Profile"><c>production</c>, or the profile of a rehearsal.</param>
/// <param name="Version">Version of the program.</param>
/// <param name="Host">Machine it ran on.</param>
/// <param name="Pid">Process id on that machine.</param>
/// <param name="User">Account it ran under.</param>
/// <param name="StartedAt">Begin.</param>
/// <param name="EndedAt">End; null while it runs or when it was killed.</param>
/// <param name="ExitCode">Exit code; null as for <paramref name="EndedAt"/>.</param>
public sealed record RunInfo(
    string Id,
    string Target,
    string Profile,
    string Version,
    string Host,
    int Pid,
    string User,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt = null,
    int? ExitCode = null);
