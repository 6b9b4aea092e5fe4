using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>Ultimate on SQLite: one transaction per chunk, prepared statements.</summary>
internal sealed class SqliteTarget(SqliteConnection connection) : IMigrationTarget
{
    public static async Task<SqliteTarget> OpenAsync(DatabaseEndpoint target, CancellationToken cancel) =>
        new(await target.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel));

    public Task PrepareAsync(CancellationToken cancel)
    {
        Execute("PRAGMA foreign_keys = ON");
        using var transaction = connection.BeginTransaction();
        foreach (var statement in LedgerTables.Ddl(DatabaseKind.Sqlite))
            Execute(statement);
        transaction.Commit();
        return Task.CompletedTask;
    }

    public Task<long> ForeignRowsAsync(TargetTable table, CancellationToken cancel)
    {
        using var command = Command(
            $"""
            SELECT count(*) FROM {table.Quoted} t
            WHERE CAST(t.id AS TEXT) NOT IN (SELECT l.target_key FROM {LedgerTables.Ledger} l WHERE l.table_name = $1 AND l.target_key IS NOT NULL)
            {(table.Own is { } own ? $"AND NOT coalesce({own}, 0)" : "")}
            """,
            table.Name);
        return Task.FromResult((long)command.ExecuteScalar()!);
    }

    public Task<IReadOnlyList<LedgerEntry>> LedgerAsync(string table, RowKey? after, int limit, CancellationToken cancel)
    {
        object[] values = after is { } key ? [table, limit, key.Number, key.Text, key.Occurrence] : [table, limit];
        using var command = Command(
            $"""
            SELECT source_number, source_text, occurrence, target_key, fingerprint, checksum FROM {LedgerTables.Ledger}
            WHERE table_name = $1 {(after is null ? "" : "AND (source_number, source_text, occurrence) > ($3, $4, $5)")}
            ORDER BY source_number, source_text, occurrence LIMIT $2
            """,
            values);
        var entries = new List<LedgerEntry>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            entries.Add(new LedgerEntry(
                new RowKey(reader.GetInt64(0), reader.GetString(1), reader.GetInt32(2)),
                reader.IsDBNull(3) ? null : reader.GetString(3),
                HashBytes.Read(reader.GetFieldValue<byte[]>(4)),
                HashBytes.Read(reader.GetFieldValue<byte[]>(5))));
        }

        return Task.FromResult<IReadOnlyList<LedgerEntry>>(entries);
    }

    public Task<IReadOnlyDictionary<long, long>> MovedAsync(string table, CancellationToken cancel)
    {
        var moved = new Dictionary<long, long>();
        using var command = Command($"SELECT source_key, target_key FROM {LedgerTables.Ledger} WHERE table_name = $1 AND target_key <> source_key", table);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            moved[long.Parse(reader.GetString(0), CultureInfo.InvariantCulture)] = long.Parse(reader.GetString(1), CultureInfo.InvariantCulture);
        return Task.FromResult<IReadOnlyDictionary<long, long>>(moved);
    }

    public Task<IReadOnlyList<long>> OwnKeysAsync(TargetTable table, CancellationToken cancel)
    {
        var keys = new List<long>();
        if (table.Own is null)
            return Task.FromResult<IReadOnlyList<long>>(keys);
        using var command = Command($"SELECT id FROM {table.Quoted} WHERE {table.Own}");
        using var reader = command.ExecuteReader();
        while (reader.Read())
            keys.Add(reader.GetInt64(0));
        return Task.FromResult<IReadOnlyList<long>>(keys);
    }

    public Task<long> HighestKeyAsync(TargetTable table, CancellationToken cancel)
    {
        using var command = Command($"SELECT coalesce(max(id), 0) FROM {table.Quoted}");
        return Task.FromResult((long)command.ExecuteScalar()!);
    }

    public Task ApplyAsync(TargetTable table, IReadOnlyList<RowChange> changes, bool fresh, CancellationToken cancel)
    {
        using var transaction = connection.BeginTransaction();
        var rows = new SqliteRows(connection, table);
        var ledger = new SqliteLedger(connection, table.Name);
        if (!fresh)
            rows.Park([.. changes.Where(change => change.Values is not null)]);
        foreach (var change in changes)
        {
            cancel.ThrowIfCancellationRequested();
            if (change.Values is not null)
                rows.Write(change);
            ledger.Write(change);
        }

        transaction.Commit();
        return Task.CompletedTask;
    }

    public Task RemoveAsync(TargetTable table, IReadOnlyList<RowRemoval> removals, CancellationToken cancel)
    {
        using var transaction = connection.BeginTransaction();
        var rows = new SqliteRows(connection, table);
        var ledger = new SqliteLedger(connection, table.Name);
        foreach (var removal in removals)
        {
            cancel.ThrowIfCancellationRequested();
            if (removal.Known.TargetKey is { } key)
                rows.Delete(key);
            if (removal.Replacement is { } change)
                ledger.Write(change);
            else if (!removal.Kept)
                ledger.Delete(removal.Known.Key);
        }

        transaction.Commit();
        return Task.CompletedTask;
    }

    // An INTEGER PRIMARY KEY continues behind the highest key by itself, and AUTOINCREMENT notes each key that is given.
    public Task SetSequenceAsync(TargetTable table, CancellationToken cancel) => Task.CompletedTask;

    public async IAsyncEnumerable<object?[]> ReadAsync(TargetTable table, [EnumeratorCancellation] CancellationToken cancel)
    {
        var where = table.Own is { } own ? $" WHERE NOT coalesce({own}, 0)" : "";
        await using var command = Command($"SELECT {table.ColumnList} FROM {table.Quoted}{where}");
        await using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            cancel.ThrowIfCancellationRequested();
            var values = new object?[table.Columns.Count];
            for (var index = 0; index < values.Length; index++)
                values[index] = reader.IsDBNull(index) ? null : SqliteRows.Value(reader, index, table.Columns[index].Type);
            yield return values;
        }
    }

    public Task<bool> HasDemoAccountAsync(CancellationToken cancel)
    {
        using var command = Command($"SELECT 1 FROM users WHERE id = {DemoAccount.Id}");
        return Task.FromResult(command.ExecuteScalar() is not null);
    }

    public Task<IReadOnlyDictionary<string, long>> CountAsync(string ledgerTable, CancellationToken cancel)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        using var command = Command($"SELECT reason, count(*) FROM {ledgerTable} GROUP BY 1 ORDER BY 1");
        using var reader = command.ExecuteReader();
        while (reader.Read())
            counts[reader.GetString(0)] = reader.GetInt64(1);
        return Task.FromResult<IReadOnlyDictionary<string, long>>(counts);
    }

    public async IAsyncEnumerable<(string Key, string Reason)> QuarantineAsync(string table, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = Command($"SELECT source_key, reason FROM {LedgerTables.Quarantine} WHERE table_name = $1", table);
        await using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            cancel.ThrowIfCancellationRequested();
            yield return (reader.GetString(0), reader.GetString(1));
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private void Execute(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params object[] values) => SqliteRows.Command(connection, sql, values);
}
