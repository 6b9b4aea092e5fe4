using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>Writes ledger, quarantine and notes on SQLite, inside the transaction that is open.</summary>
internal sealed class SqliteLedger
{
    private readonly string _table;
    private readonly SqliteCommand _entry;
    private readonly SqliteCommand _quarantine;
    private readonly SqliteCommand _note;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand[] _forget;

    public SqliteLedger(SqliteConnection connection, string table)
    {
        _table = table;
        _entry = SqliteRows.Command(
            connection,
            $"""
            INSERT INTO {LedgerTables.Ledger} (table_name, source_number, source_text, occurrence, source_key, target_key, fingerprint, checksum)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT DO UPDATE SET target_key = excluded.target_key, fingerprint = excluded.fingerprint, checksum = excluded.checksum
            """,
            table, 0L, "", 1, "", DBNull.Value, Array.Empty<byte>(), Array.Empty<byte>());
        _quarantine = SqliteRows.Command(connection, $"INSERT INTO {LedgerTables.Quarantine} VALUES ($1, $2, $3, $4, $5)", table, "", "", "", "");
        _note = SqliteRows.Command(connection, $"INSERT INTO {LedgerTables.Notes} VALUES ($1, $2, $3, $4, $5)", table, "", "", "", "");
        _delete = SqliteRows.Command(connection, $"DELETE FROM {LedgerTables.Ledger} WHERE table_name = $1 AND source_number = $2 AND source_text = $3 AND occurrence = $4", table, 0L, "", 1);
        _forget = [.. new[] { LedgerTables.Quarantine, LedgerTables.Notes }.Select(name =>
            SqliteRows.Command(connection, $"DELETE FROM {name} WHERE table_name = $1 AND source_key = $2", table, ""))];
    }

    public void Write(RowChange change)
    {
        var key = change.Entry.Key;
        if (!change.IsNew)
            Forget(key);
        Run(
            _entry, _table, key.Number, key.Text, key.Occurrence, key.Display, (object?)change.Entry.TargetKey ?? DBNull.Value,
            HashBytes.Of(change.Entry.Fingerprint), HashBytes.Of(change.Entry.Checksum));
        if (change.Quarantine is { } aside)
            Run(_quarantine, _table, key.Display, aside.Reason, aside.Detail, aside.Json);
        foreach (var note in change.Notes)
            Run(_note, _table, key.Display, note.Column, note.Reason, note.Original);
    }

    public void Delete(RowKey key)
    {
        Run(_delete, _table, key.Number, key.Text, key.Occurrence);
        Forget(key);
    }

    private void Forget(RowKey key)
    {
        foreach (var command in _forget)
            Run(command, _table, key.Display);
    }

    private static void Run(SqliteCommand command, params object[] values)
    {
        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index];
        command.ExecuteNonQuery();
    }
}
