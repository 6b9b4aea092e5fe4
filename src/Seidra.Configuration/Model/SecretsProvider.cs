namespace Seidra.Configuration;

/// <summary>Where Ultimate's secrets are kept.</summary>
public enum SecretsProvider
{
    /// <summary>A .env file, readable by its owner alone.</summary>
    EnvFile,
}
