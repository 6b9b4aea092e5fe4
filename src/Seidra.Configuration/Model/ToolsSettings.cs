namespace Seidra.Configuration;

/// <summary>Programs that are called.</summary>
public sealed record ToolsSettings
{
    /// <summary>The Git program: a name on the PATH or a path.</summary>
    public string Git { get; init; } = "git";

    /// <summary>Absolute path of the folder of pg_dump and pg_restore; null to look for the newest.</summary>
    [LocalPath]
    public string? PgBin { get; init; }

    /// <summary>The Compose program; null to look for <c>docker compose</c>, then <c>docker-compose</c>.</summary>
    public string? Compose { get; init; }
}
