namespace Seidra.Database;

/// <summary>A table whose changes are noted.</summary>
/// <param name="Name">Its name in the database.</param>
/// <param name="Key">Its key column.</param>
internal sealed record CapturedTable(string Name, string Key);
