using System.Globalization;
using Npgsql;

namespace Seidra.Database;

/// <summary>What the ledger gets with a chunk, besides the chunk's own row, on PostgreSQL.</summary>
internal sealed class LedgerTuples
{
    private readonly TupleList _aside = new();
    private readonly TupleList _notes = new();
    private readonly TupleList _names = new();
    private readonly TupleList _owners = new();
    private readonly List<string> _movedFrom = [];
    private readonly List<string> _movedTo = [];
    private string _table = "";

    /// <summary>Bytes collected.</summary>
    public int Length => _aside.Bytes.Length + _notes.Bytes.Length + _names.Bytes.Length + _owners.Bytes.Length;

    public void Clear()
    {
        _aside.Clear();
        _notes.Clear();
        _names.Clear();
        _owners.Clear();
        _movedFrom.Clear();
        _movedTo.Clear();
    }

    public void Add(string table, RowChunk part)
    {
        _table = table;
        foreach (var row in part.Aside)
            _aside.Tuple(7).Text(table).Text(LedgerText.Key(row.Key)).Integer(row.Occurrence).Text(row.Reason).Text(row.Detail).Text(row.Json).Text(LedgerText.KeyOrNull(row.WaitsFor));
        foreach (var note in part.Notes)
            _notes.Tuple(6).Text(table).Text(LedgerText.Key(note.Key)).Text(note.Column).Text(note.Reason).Text(note.Original).Text(LedgerText.KeyOrNull(note.WaitsFor));
        foreach (var name in part.Names)
            _names.Tuple(4).Text(table).Text(name.Column).Hash(name.Hash).Text(LedgerText.Key(name.Key));
        foreach (var owner in part.Owners)
            _owners.Tuple(3).Text(table).Text(LedgerText.Key(owner.Owner)).Text(LedgerText.Key(owner.Key));
        foreach (var moved in part.Moved)
        {
            _movedFrom.Add(moved.Source.ToString(CultureInfo.InvariantCulture));
            _movedTo.Add(moved.Target.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Writes all in the transaction at hand and empties it.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await CopyAsync($"{LedgerSchema.Quarantine} (table_name, source_key, occurrence, reason, detail, \"row\", waits_for)", _aside);
        await CopyAsync($"{LedgerSchema.Notes} (table_name, source_key, column_name, reason, original, waits_for)", _notes);
        await CopyAsync($"{LedgerSchema.Names} (table_name, column_name, name_hash, source_key)", _names);
        await CopyAsync($"{LedgerSchema.Owners} (table_name, owner_key, source_key)", _owners);
        if (_movedFrom.Count > 0)
        {
            // A number once given stays: an earlier run may have noted it.
            await using var command = connection.Sql(
                $"""
                INSERT INTO {LedgerSchema.Keys} (table_name, source_key, target_key)
                SELECT @table, moved.source, moved.target FROM unnest(@from, @to) AS moved(source, target)
                ON CONFLICT (table_name, source_key) DO UPDATE SET target_key = excluded.target_key
                """,
                ("table", _table),
                ("from", _movedFrom.ToArray()),
                ("to", _movedTo.ToArray()));
            await command.ExecuteNonQueryAsync(cancel);
        }

        Clear();

        async Task CopyAsync(string columns, TupleList tuples)
        {
            if (!tuples.Bytes.IsEmpty)
                await RawCopy.WriteAsync(connection, $"COPY {columns} FROM STDIN (FORMAT BINARY)", tuples.Bytes, cancel);
        }
    }
}
