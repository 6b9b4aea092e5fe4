namespace Seidra.Sandbox.Machines;

/// <summary>How a local PostgreSQL server runs.</summary>
public sealed record LocalPostgresOptions
{
    /// <summary>
    /// Server settings laid over the defaults (fsync on, wal_level logical, 100 connections, small buffers), by their
    /// names in postgresql.conf.
    /// </summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>How long a start may take, recovery after a crash included.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
