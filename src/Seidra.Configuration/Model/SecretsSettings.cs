namespace Seidra.Configuration;

/// <summary>Where the secrets of Ultimate are kept.</summary>
public sealed record SecretsSettings
{
    /// <summary>The kind of store.</summary>
    public SecretsProvider Provider { get; init; }

    /// <summary>Absolute path of the .env file; null for <c>production/.env</c> in the state folder.</summary>
    [LocalPath]
    public string? File { get; init; }
}
