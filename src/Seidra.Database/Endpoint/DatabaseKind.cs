namespace Seidra.Database;

/// <summary>The engines that Classic and Ultimate run on.</summary>
public enum DatabaseKind
{
    /// <summary>A PostgreSQL server.</summary>
    PostgreSql,

    /// <summary>A SQLite file.</summary>
    Sqlite,
}
