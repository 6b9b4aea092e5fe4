namespace Seidra.Cutover.Contexts;

/// <summary>Where the backup lies.</summary>
/// <param name="Database">The folder of the database backup and its manifest.</param>
/// <param name="Media">The folder of the exported media.</param>
public sealed record BackupPlaces(string Database, string Media);
