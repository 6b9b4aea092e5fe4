using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>Writes chunks by prepared statements that take the fields of the tuples as bytes.</summary>
internal sealed class SqliteChunkWriter(SqliteConnection connection) : IChunkWriter
{
    private readonly SqliteSideRows _side = new(connection);
    private SqliteTransaction? _transaction;
    private TargetTable? _table;
    private BoundStatement? _insert;
    private BoundStatement? _insertDemo;

    public static async Task<SqliteChunkWriter> OpenAsync(DatabaseEndpoint target, CancellationToken cancel)
    {
        var connection = await target.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel);
        try
        {
            await connection.RunAsync("PRAGMA foreign_keys = ON", cancel);
            return new SqliteChunkWriter(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public Task BeginAsync(TargetTable table, CancellationToken cancel)
    {
        if (_table != table)
        {
            _insert?.Dispose();
            _insertDemo?.Dispose();
            _table = table;
            var sql = $"INSERT INTO {table.Quoted} ({table.ColumnList}) VALUES ({string.Join(", ", table.Columns.Select(_ => "?"))})";
            _insert = new BoundStatement(connection, sql);
            _insertDemo = new BoundStatement(connection, $"{sql} ON CONFLICT DO NOTHING");
        }

        _transaction = connection.BeginTransaction();
        return Task.CompletedTask;
    }

    public Task WriteAsync(RowChunk part, CancellationToken cancel)
    {
        foreach (var row in part.Placed)
        {
            cancel.ThrowIfCancellationRequested();
            var statement = row.IsDemo ? _insertDemo! : _insert!;
            SqliteTuples.Bind(statement, _table!, part.Tuple(row));
            statement.Run();
        }

        _side.Write(_table!.Name, part);
        return Task.CompletedTask;
    }

    public async Task FinishAsync(ChunkEntry chunk, long ownRows, CancellationToken cancel)
    {
        await ChunkLedger.AddAsync(connection, _table!.Name, chunk, cancel);
        await ChunkLedger.AddOwnAsync(connection, _table.Name, ownRows, cancel);
    }

    public Task CommitAsync(CancellationToken cancel)
    {
        _transaction!.Commit();
        _transaction.Dispose();
        _transaction = null;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ChunkEntry>> LedgerAsync(string table, CancellationToken cancel) => ChunkLedger.ReadAsync(connection, table, cancel);

    public ValueTask DisposeAsync()
    {
        _insert?.Dispose();
        _insertDemo?.Dispose();
        _side.Dispose();
        return connection.DisposeAsync();
    }
}

/// <summary>What the ledger gets with a chunk, besides the chunk's own row, on SQLite.</summary>
internal sealed class SqliteSideRows(SqliteConnection connection) : IDisposable
{
    private readonly BoundStatement _aside = new(connection, $"INSERT INTO {LedgerSchema.Quarantine} (table_name, source_key, occurrence, reason, detail, \"row\", waits_for) VALUES (?, ?, ?, ?, ?, ?, ?)");
    private readonly BoundStatement _note = new(connection, $"INSERT INTO {LedgerSchema.Notes} (table_name, source_key, column_name, reason, original, waits_for) VALUES (?, ?, ?, ?, ?, ?)");
    private readonly BoundStatement _name = new(connection, $"INSERT INTO {LedgerSchema.Names} (table_name, column_name, name_hash, source_key) VALUES (?, ?, ?, ?)");
    private readonly BoundStatement _owner = new(connection, $"INSERT INTO {LedgerSchema.Owners} (table_name, owner_key, source_key) VALUES (?, ?, ?)");
    private readonly BoundStatement _moved = new(connection, $"INSERT INTO {LedgerSchema.Keys} (table_name, source_key, target_key) VALUES (?, ?, ?) ON CONFLICT (table_name, source_key) DO UPDATE SET target_key = excluded.target_key");

    public void Write(string table, RowChunk part)
    {
        foreach (var row in part.Aside)
            _aside.Bind(1, table).Bind(2, LedgerText.Key(row.Key)).Bind(3, row.Occurrence).Bind(4, row.Reason).Bind(5, LedgerText.Plain(row.Detail)).Bind(6, LedgerText.Plain(row.Json)).Bind(7, LedgerText.KeyOrNull(row.WaitsFor)).Run();
        foreach (var note in part.Notes)
            _note.Bind(1, table).Bind(2, LedgerText.Key(note.Key)).Bind(3, note.Column).Bind(4, note.Reason).Bind(5, LedgerText.Plain(note.Original)).Bind(6, LedgerText.KeyOrNull(note.WaitsFor)).Run();
        foreach (var name in part.Names)
            _name.Bind(1, table).Bind(2, name.Column).BindBlob(3, HashBytes.Of(name.Hash)).Bind(4, LedgerText.Key(name.Key)).Run();
        foreach (var owner in part.Owners)
            _owner.Bind(1, table).Bind(2, LedgerText.Key(owner.Owner)).Bind(3, LedgerText.Key(owner.Key)).Run();
        foreach (var moved in part.Moved)
            _moved.Bind(1, table).Bind(2, moved.Source.ToString(CultureInfo.InvariantCulture)).Bind(3, moved.Target.ToString(CultureInfo.InvariantCulture)).Run();
    }

    public void Dispose()
    {
        foreach (var statement in (BoundStatement[])[_aside, _note, _name, _owner, _moved])
            statement.Dispose();
    }
}
