using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>Installs, checks and removes the capture of a SQLite file.</summary>
internal static class SqliteCaptureControl
{
    public static async Task InstallAsync(DatabaseEndpoint endpoint, IReadOnlyList<CapturedTable> tables, string epoch, CancellationToken cancel)
    {
        await using var connection = await endpoint.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel);
        // One transaction: no writer comes between the first trigger and the last.
        await using var transaction = connection.BeginTransaction();
        if (ReadRecord(connection) is { } found && found.Epoch == epoch)
        {
            ChangeCapture.RequireWhole(endpoint, found, tables, Problems(connection, found));
            return;
        }

        Remove(connection);
        SqliteFreezeControl.Execute(connection, SqliteCaptureSql.Tables);
        var recorded = new List<RecordedTable>();
        foreach (var captured in tables)
        {
            var table = TriggeredTable.Read(connection, captured)
                ?? throw new DatabaseException($"Expected a table {captured.Name} in {endpoint.Display}, found none. Correct the schema map, and see: ./build.sh --target=Plan");
            foreach (var (_, sql) in SqliteCaptureSql.Triggers(table, recorded.Count + 1))
                SqliteFreezeControl.Execute(connection, sql);
            recorded.Add(new RecordedTable(table.Name, table.Key, table.Columns));
        }

        using var command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO {CaptureNames.Record} VALUES ($epoch, $tables)";
        command.Parameters.AddWithValue("$epoch", epoch);
        command.Parameters.AddWithValue("$tables", new CaptureRecord(epoch, CaptureKind.Triggers, recorded).TablesJson);
        command.ExecuteNonQuery();
        await transaction.CommitAsync(cancel);
    }

    public static async Task<CaptureState> StateAsync(DatabaseEndpoint endpoint, CancellationToken cancel)
    {
        await using var connection = await endpoint.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
        if (ReadRecord(connection) is not { } record)
            return new CaptureState(null, null, 0, false, []);
        var problems = Problems(connection, record);
        var waiting = Found(connection).ContainsKey(CaptureNames.Log) ? Number(connection, $"SELECT count(*) FROM {CaptureNames.Log}") : 0;
        return new CaptureState(CaptureKind.Triggers, record.Epoch, waiting, problems.Count > 0, problems);
    }

    public static async Task<(CaptureRecord? Record, IReadOnlyList<string> Problems)> CheckAsync(DatabaseEndpoint endpoint, CancellationToken cancel)
    {
        await using var connection = await endpoint.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
        var record = ReadRecord(connection);
        return (record, record is null ? [] : Problems(connection, record));
    }

    public static async Task RemoveAsync(DatabaseEndpoint endpoint, CancellationToken cancel)
    {
        await using var connection = await endpoint.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel);
        if (Found(connection).Count == 0)
            return;
        await using var transaction = connection.BeginTransaction();
        Remove(connection);
        await transaction.CommitAsync(cancel);
    }

    public static CaptureRecord? ReadRecord(SqliteConnection connection)
    {
        if (!Found(connection).ContainsKey(CaptureNames.Record))
            return null;
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT epoch, tables FROM {CaptureNames.Record}";
        using var reader = command.ExecuteReader();
        return reader.Read() ? new CaptureRecord(reader.GetString(0), CaptureKind.Triggers, CaptureRecord.ReadTables(reader.GetString(1))) : null;
    }

    /// <summary>Why changes may have passed unseen; empty where none can have.</summary>
    public static IReadOnlyList<string> Problems(SqliteConnection connection, CaptureRecord record)
    {
        var found = Found(connection);
        var problems = new List<string>();
        if (!found.ContainsKey(CaptureNames.Log))
            problems.Add($"table {CaptureNames.Log} is gone");
        for (var number = 1; number <= record.Tables.Count; number++)
        {
            var recorded = record.Tables[number - 1];
            TriggeredTable? table = null;
            string? difference;
            try
            {
                table = TriggeredTable.Read(connection, new CapturedTable(recorded.Name, recorded.Key));
                difference = recorded.Difference(table?.Columns);
            }
            catch (DatabaseException error)
            {
                difference = error.Message;
            }

            if (difference is not null)
                problems.Add(difference);
            // Made anew from the table as it is now: a unique index that came since is seen as well.
            else if (SqliteCaptureSql.Triggers(table!, number).Where(trigger => found.GetValueOrDefault(trigger.Key) != trigger.Value).Select(trigger => trigger.Key).ToList() is { Count: > 0 } missing)
                problems.Add($"triggers of table {recorded.Name} are gone or no longer fit its unique indexes ({string.Join(", ", missing)})");
        }

        return problems;
    }

    public static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static Dictionary<string, string> Found(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = SqliteCaptureSql.Found;
        using var reader = command.ExecuteReader();
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.Read())
            found.Add(reader.GetString(1), reader.GetString(2));
        return found;
    }

    private static void Remove(SqliteConnection connection)
    {
        // Triggers first: they come first in the list.
        foreach (var (name, _) in Found(connection))
            SqliteFreezeControl.Execute(connection, $"DROP {(name.StartsWith(CaptureNames.Note, StringComparison.Ordinal) ? "TRIGGER" : "TABLE")} {SqlName.Quote(name)}");
    }
}
