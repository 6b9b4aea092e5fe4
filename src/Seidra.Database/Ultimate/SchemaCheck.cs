namespace Seidra.Database;

/// <summary>What a comparison of a database with Ultimate's head revision found.</summary>
/// <param name="Tables">Tables compared.</param>
/// <param name="Columns">Columns compared.</param>
/// <param name="Indexes">Indexes compared.</param>
/// <param name="Revision">The Alembic revision that the database states, or null.</param>
/// <param name="Differences">Each difference as a sentence; empty when the schema is the expected one.</param>
public sealed record SchemaCheck(int Tables, int Columns, int Indexes, string? Revision, IReadOnlyList<string> Differences);
