namespace Seidra.Database;

/// <summary>A table of SQLite.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SelectList">The columns that its checksum is about.</param>
internal sealed record SqliteTable(string Name, string SelectList);
