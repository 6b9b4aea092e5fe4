using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>Tells what <c>alembic current</c> and <c>alembic heads</c> should tell, without Python and without changing anything.</summary>
public static class AlembicInspector
{
    /// <summary>The table in which Alembic keeps the revision of a database.</summary>
    internal const string VersionTable = "alembic_version";

    /// <summary>Reads the database's revision and, where given, the chain of a checkout.</summary>
    /// <param name="endpoint">The database.</param>
    /// <param name="versionsDirectory">The checkout's <c>backend/alembic/versions</c>; null inspects the database alone.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="DatabaseException">The database or the folder cannot be read.</exception>
    public static async Task<AlembicReport> InspectAsync(DatabaseEndpoint endpoint, string? versionsDirectory = null, CancellationToken cancel = default)
    {
        var tables = await DatabaseCatalog.ReadAsync(endpoint, cancel);
        var revisions = tables.ContainsKey(VersionTable) ? await RevisionsAsync(endpoint, cancel) : [];
        var chain = versionsDirectory is null ? null : ReadChain(versionsDirectory);
        var problems = new List<AlembicProblem>(chain?.Problems ?? []);
        if (revisions.Count == 0 && tables.Count > 0)
        {
            problems.Add(new AlembicProblem(
                AlembicProblemKind.Unstamped,
                $"{endpoint.Display} holds {tables.Count} tables but states no Alembic revision (made by the ORM's create_all, or not by Alembic at all)."));
        }

        foreach (var unknown in revisions.Where(revision => chain is not null && !chain.Knows(revision)))
        {
            var nearest = chain!.Nearest(unknown);
            problems.Add(new AlembicProblem(
                AlembicProblemKind.UnknownRevision,
                $"{endpoint.Display} states revision '{unknown}', which the checkout does not have{(nearest is null ? "" : $"; the nearest is '{nearest}'")}. Check out the Ultimate commit that made it."));
        }

        return new AlembicReport
        {
            Stamped = revisions.Count > 0,
            Revisions = revisions,
            ChainHeads = chain?.Heads ?? [],
            Pending = revisions.Count > 0 && chain is not null && revisions.All(chain.Knows) ? chain.Pending(revisions) : [],
            Problems = problems,
            Shape = ClassicShapes.Detect(tables),
            Tables = tables.Count,
        };
    }

    /// <summary>The revisions in a stamped database, on an open connection.</summary>
    internal static async Task<IReadOnlyList<string>> RevisionsAsync(DbConnection connection, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT version_num FROM {VersionTable} ORDER BY version_num";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var revisions = new List<string>();
        while (await reader.ReadAsync(cancel))
            revisions.Add(reader.GetString(0));
        return revisions;
    }

    private static RevisionChain ReadChain(string versionsDirectory)
    {
        try
        {
            return RevisionChain.Read(versionsDirectory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"The Alembic revisions in {versionsDirectory} cannot be read: {error.Message}", error);
        }
    }

    private static async Task<IReadOnlyList<string>> RevisionsAsync(DatabaseEndpoint endpoint, CancellationToken cancel)
    {
        try
        {
            await using DbConnection connection = endpoint.Kind == DatabaseKind.PostgreSql
                ? await endpoint.OpenPostgresAsync(cancel)
                : await endpoint.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
            return await RevisionsAsync(connection, cancel);
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(endpoint, error, $"read {VersionTable} of");
        }
    }
}
