namespace Seidra.Database;

/// <summary>A column of Classic.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its declared type in lower case; SQLite binds no value to it.</param>
internal sealed record SourceColumn(string Name, string Type);
