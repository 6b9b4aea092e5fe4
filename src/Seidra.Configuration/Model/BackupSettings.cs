namespace Seidra.Configuration;

/// <summary>Where the backup goes.</summary>
public sealed record BackupSettings
{
    /// <summary>Absolute path; null for <c>backup</c> in the state folder.</summary>
    [LocalPath]
    public string? Directory { get; init; }
}
