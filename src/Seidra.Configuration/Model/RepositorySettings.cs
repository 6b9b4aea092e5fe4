namespace Seidra.Configuration;

/// <summary>The Git repository of Ultimate, at one pinned commit.</summary>
public sealed record RepositorySettings
{
    /// <summary>Anything that <c>git clone</c> takes, without password.</summary>
    [Url(UrlKind.Repository)]
    public required string Url { get; init; }

    /// <summary>The commit; a branch would move between rehearsal and cutover.</summary>
    [Pattern("^[0-9a-f]{40}$", "a full commit id: 40 lower-case hex digits")]
    public required string Commit { get; init; }
}
