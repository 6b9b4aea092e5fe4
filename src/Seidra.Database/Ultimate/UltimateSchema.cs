using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Seidra.Database;

/// <summary>Makes Ultimate's tables at head, as its Alembic revisions would, and compares a database with them.</summary>
public static class UltimateSchema
{
    /// <summary>The head of Ultimate's Alembic chain.</summary>
    public const string Head = "20241009_0003";

    /// <summary>Two runs at once must not both find the database empty. The number is "SEIDRA" in ASCII.</summary>
    private const string PostgresLock = "SELECT pg_advisory_xact_lock(91564846891585)";

    /// <summary>
    /// Makes all tables in one transaction and stamps them; where they are there already, compares them, and adds only the
    /// tables that the ORM has beside Alembic. A SQLite file is created where there is none.
    /// </summary>
    /// <returns>What the comparison afterwards found: no differences.</returns>
    /// <exception cref="DatabaseException">The database holds other tables of these names, another revision, or an unstamped schema.</exception>
    public static async Task<SchemaCheck> CreateAsync(DatabaseEndpoint target, CancellationToken cancel = default)
    {
        if (target.Path is not null)
            Directory.CreateDirectory(Path.GetDirectoryName(target.Path)!);
        try
        {
            await using DbConnection connection = target.Kind == DatabaseKind.PostgreSql
                ? await target.OpenPostgresAsync(cancel)
                : await target.OpenSqliteAsync(SqliteOpenMode.ReadWriteCreate, cancel);
            // On SQLite the transaction begins IMMEDIATE: that is the lock which a second run waits for.
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            if (connection is NpgsqlConnection)
                await ExecuteAsync(connection, PostgresLock, cancel);
            var check = await CreateAsync(target, connection, cancel);
            await transaction.CommitAsync(cancel);
            return check;
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(target, error, "make Ultimate's tables in");
        }
    }

    /// <summary>Compares a database with Ultimate's head: tables, columns, types, NULLs, defaults, indexes, foreign keys.</summary>
    /// <exception cref="DatabaseException">The database cannot be read.</exception>
    public static async Task<SchemaCheck> VerifyAsync(DatabaseEndpoint target, CancellationToken cancel = default)
    {
        try
        {
            await using DbConnection connection = target.Kind == DatabaseKind.PostgreSql
                ? await target.OpenPostgresAsync(cancel)
                : await target.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
            return await CompareAsync(connection, target.Kind, cancel);
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(target, error, "compare the schema of");
        }
    }

    private static async Task<SchemaCheck> CreateAsync(DatabaseEndpoint target, DbConnection connection, CancellationToken cancel)
    {
        var catalog = await DatabaseCatalog.ReadAsync(connection, cancel);
        RequireUsable(target, catalog, await RevisionsAsync(connection, catalog, cancel));
        foreach (var statement in Missing(catalog, target.Kind))
            await ExecuteAsync(connection, statement, cancel);
        var check = await CompareAsync(connection, target.Kind, cancel);
        return check.Differences.Count == 0
            ? check
            : throw new DatabaseException($"{target.Display} is stamped {Head}, but its tables are not those of that revision. Give an empty database for Ultimate.", check.Differences);
    }

    private static void RequireUsable(DatabaseEndpoint target, IReadOnlyDictionary<string, CatalogTable> catalog, IReadOnlyList<string> revisions)
    {
        var present = UltimateTables.All.Where(table => catalog.ContainsKey(table.Name)).ToArray();
        if (revisions is [Head] || (revisions.Count == 0 && present.Length == 0 && ClassicShapes.Detect(catalog) == ClassicShape.Unknown))
            return;
        if (revisions.Count > 0)
        {
            throw new DatabaseException(
                $"Expected an empty database or one at {Head} as {target.Display}, found revision {string.Join(", ", revisions)}. Bring it to head with Ultimate's own Alembic, or give an empty database.");
        }

        if (ClassicShapes.Detect(catalog) is ClassicShape.Classic or ClassicShape.ClassicEnriched)
            throw new DatabaseException($"Expected an empty database for Ultimate as {target.Display}, found Classic's tables. Correct ultimate.database.url in the settings.");
        var nullable = present.Sum(table => table.Columns.Count(column => column.NotNull && catalog[table.Name].Column(column.Name) is { NotNull: false }));
        throw new DatabaseException(
            $"Expected an empty database for Ultimate as {target.Display}, found {present.Length} of its tables without an Alembic revision, {nullable} columns of them nullable: the ORM's create_all made them when the backend ran first. They are left as they are. Stop that backend and give an empty database (DROP DATABASE and CREATE DATABASE, if it holds nothing worth keeping).");
    }

    private static IEnumerable<string> Missing(IReadOnlyDictionary<string, CatalogTable> catalog, DatabaseKind kind)
    {
        var stamped = catalog.ContainsKey(AlembicInspector.VersionTable);
        foreach (var table in UltimateTables.All.Where(table => !catalog.ContainsKey(table.Name) && (!stamped || !table.InAlembic)))
        {
            foreach (var statement in UltimateDdl.Statements(table, kind))
                yield return statement;
        }

        if (stamped)
            yield break;
        yield return $"CREATE TABLE {AlembicInspector.VersionTable} (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))";
        yield return $"INSERT INTO {AlembicInspector.VersionTable} (version_num) VALUES ('{Head}')";
    }

    private static async Task<SchemaCheck> CompareAsync(DbConnection connection, DatabaseKind kind, CancellationToken cancel)
    {
        var catalog = await DatabaseCatalog.ReadAsync(connection, cancel);
        return SchemaComparison.Compare(catalog, await RevisionsAsync(connection, catalog, cancel), kind);
    }

    private static async Task<IReadOnlyList<string>> RevisionsAsync(
        DbConnection connection, IReadOnlyDictionary<string, CatalogTable> catalog, CancellationToken cancel) =>
        catalog.ContainsKey(AlembicInspector.VersionTable) ? await AlembicInspector.RevisionsAsync(connection, cancel) : [];

    private static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancel);
    }
}
