namespace Seidra.Database;

/// <summary>What a backup or a drill works with besides its two ends.</summary>
/// <param name="Tools">Finds PostgreSQL's programs.</param>
/// <param name="FreeBytes">Measures the free space of a folder.</param>
/// <param name="Log">Told plain lines.</param>
/// <param name="Progress">Told rows (PostgreSQL) or pages (SQLite) done and in all.</param>
internal sealed record BackupRequest(PgTools Tools, Func<string, long> FreeBytes, Action<string>? Log, Action<long, long>? Progress);
