using Npgsql;
using Npgsql.Replication;

namespace Seidra.Database;

/// <summary>Why logical replication is not possible, each with what to set. Looked for by trying, where that can be tried.</summary>
internal static class LogicalObstacles
{
    /// <summary>The first version whose stream carries messages, by which a read knows that it has seen everything.</summary>
    private const int FirstVersion = 14;

    private const string Server = """
        SELECT pg_is_in_recovery(), current_setting('wal_level'), current_setting('max_replication_slots')::int,
               (SELECT count(*) FROM pg_replication_slots s WHERE NOT (s.slot_name LIKE 'seidra\_cutover\_%' AND s.database = current_database()))::int,
               has_database_privilege(current_database(), 'CREATE'), (SELECT rolreplication OR rolsuper FROM pg_roles WHERE rolname = current_user)
        """;

    public static async Task<IReadOnlyList<string>> FindAsync(NpgsqlConnection connection, DatabaseEndpoint endpoint, IReadOnlyList<CapturedTable> captured, CancellationToken cancel)
    {
        var obstacles = new List<string>();
        if (await OfServerAsync(connection, endpoint, obstacles, cancel))
            await OfConnectionAsync(endpoint, obstacles, cancel);
        foreach (var table in await PostgresTable.RequireAsync(endpoint, connection, captured, cancel))
            obstacles.AddRange(OfTable(table, captured.First(one => one.Name == table.Name).Key, endpoint.User));
        return obstacles;
    }

    /// <returns>Whether the role may try a replication connection.</returns>
    private static async Task<bool> OfServerAsync(NpgsqlConnection connection, DatabaseEndpoint endpoint, List<string> obstacles, CancellationToken cancel)
    {
        if (connection.PostgreSqlVersion.Major < FirstVersion)
            obstacles.Add($"the server is PostgreSQL {connection.PostgreSqlVersion.Major}, older than {FirstVersion}: its stream carries no messages");
        await using var command = new NpgsqlCommand(Server, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var (limit, used) = (reader.GetInt32(2), reader.GetInt32(3));
        if (reader.GetBoolean(0))
            obstacles.Add("the server is a standby: name the primary server in the settings");
        if (reader.GetString(1) != "logical")
            obstacles.Add($"wal_level is {reader.GetString(1)}: run ALTER SYSTEM SET wal_level = 'logical'; and restart the server");
        if (used >= limit)
            obstacles.Add($"all {limit} replication slots are taken: drop one (SELECT slot_name, active FROM pg_replication_slots), or run ALTER SYSTEM SET max_replication_slots = {used + 4}; and restart the server");
        if (!reader.GetBoolean(4))
            obstacles.Add($"role {endpoint.User} may not make a publication: run GRANT CREATE ON DATABASE {SqlName.Quote(endpoint.Database)} TO {SqlName.Quote(endpoint.User)};");
        if (!reader.GetBoolean(5))
            obstacles.Add($"role {endpoint.User} may not replicate: run ALTER ROLE {SqlName.Quote(endpoint.User)} REPLICATION;");
        return reader.GetBoolean(5);
    }

    /// <summary>The server alone knows its pg_hba.conf and its free senders.</summary>
    private static async Task OfConnectionAsync(DatabaseEndpoint endpoint, List<string> obstacles, CancellationToken cancel)
    {
        await using var connection = new LogicalReplicationConnection(ReplicationErrors.ConnectionString(endpoint));
        try
        {
            await connection.Open(cancel);
        }
        catch (PostgresException error)
        {
            obstacles.Add(error.SqlState switch
            {
                PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InvalidPassword =>
                    $"the server refuses replication connections of role {endpoint.User} ({error.MessageText}): add to pg_hba.conf a line such as \"host {endpoint.Database} {endpoint.User} <address of this machine> scram-sha-256\" and run SELECT pg_reload_conf();",
                PostgresErrorCodes.TooManyConnections =>
                    $"no WAL sender is free ({error.MessageText}): end one (SELECT pid, application_name FROM pg_stat_replication), or raise max_wal_senders by ALTER SYSTEM and restart the server",
                _ => $"the server refuses replication connections ({error.SqlState}: {error.MessageText})",
            });
        }
        catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
        {
            obstacles.Add($"a replication connection could not be made ({error.Message})");
        }
    }

    private static IEnumerable<string> OfTable(PostgresTable table, string key, string role)
    {
        if (table.Kind is not ('r' or 'p'))
            yield return $"{table.Name} is no table, so it cannot be published: name the table itself in the schema map";
        if (table.Persistence != 'p')
            yield return $"table {table.Name} is not in the WAL: run ALTER TABLE {table.Qualified} SET LOGGED;";
        if (!table.IsOwned)
            yield return $"role {role} does not own table {table.Name}, so it cannot publish it: use the owner's role in the settings";
        // Published without it, the server would refuse Classic's own updates.
        if (table.Identity != 'f' && !table.IdentityColumns.Contains(key))
            yield return $"table {table.Name} tells replicas no {key} of a changed row (no primary key, or another replica identity): run ALTER TABLE {table.Qualified} REPLICA IDENTITY FULL;";
    }
}
