namespace Seidra.Configuration;

/// <summary>Classic's database.</summary>
public sealed record ClassicDatabaseSettings
{
    /// <summary>Address without password.</summary>
    [Url(UrlKind.Database)]
    public required string Url { get; init; }

    /// <summary>Password; null where the server asks none (SQLite, peer).</summary>
    public Secret? Password { get; init; }
}
