using System.Data.Common;

namespace Seidra.Database;

/// <summary>What the follower asks of the target and its ledger, and writes into the ledger: always whole lists, by index.</summary>
internal sealed class FollowLedger(FollowSession session)
{
    /// <summary>Reads the rows whose keys are not their own, all tables.</summary>
    public Task LoadKeysAsync(Action<string, string, string> see, CancellationToken cancel) =>
        session.RunAsync([new FollowStatement($"SELECT table_name, source_key, target_key FROM {LedgerSchema.Keys}") { Read = row => see(row.GetString(0), row.GetString(1), row.GetString(2)) }], cancel);

    /// <summary>How far the target is; null where nothing was followed into it.</summary>
    public async Task<string?> PositionAsync(CancellationToken cancel)
    {
        string? position = null;
        await session.RunAsync([new FollowStatement($"SELECT value FROM {LedgerSchema.State} WHERE key = $1", LedgerState.Position) { Read = row => position = row.GetString(0) }], cancel);
        return position;
    }

    public Task SetPositionAsync(string position, CancellationToken cancel) =>
        session.RunAsync([new FollowStatement($"INSERT INTO {LedgerSchema.State} (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value", LedgerState.Position, position)], cancel);

    /// <summary>
    /// Forgets what the ledger says of rows that are looked at again, and tells what it was; in the same round trip, which of
    /// them are in the target.
    /// </summary>
    public async Task<FormerRows> ForgetAsync(FollowTable table, string[] keys, IReadOnlyCollection<KeyId> ids, bool names, bool owners, CancellationToken cancel)
    {
        var former = new FormerRows([], [], []);
        var statements = new List<FollowStatement>
        {
            Present(table, ids, former.Present),
            Delete(LedgerSchema.Quarantine, table, keys, "source_key", former.Aside),
            Delete(LedgerSchema.Notes, table, keys),
        };
        if (names)
            statements.Add(Delete(LedgerSchema.Names, table, keys));
        if (owners)
            statements.Add(Delete(LedgerSchema.Owners, table, keys, "owner_key", former.Owners));
        await session.RunAsync(statements, cancel);
        return former;
    }

    /// <summary>Which keys are in the target.</summary>
    /// <param name="table">The table.</param>
    /// <param name="ids">The keys.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <param name="own">Whether rows that Ultimate makes itself count.</param>
    public async Task<HashSet<KeyId>> PresentAsync(FollowTable table, IReadOnlyCollection<KeyId> ids, CancellationToken cancel, bool own = true)
    {
        var present = new HashSet<KeyId>();
        if (ids.Count > 0)
            await session.RunAsync([Present(table, ids, present, own)], cancel);
        return present;
    }

    /// <summary>Which of Classic's keys are in quarantine.</summary>
    public async Task<HashSet<string>> AsideAsync(FollowTable table, string[] keys, CancellationToken cancel)
    {
        var aside = new HashSet<string>(StringComparer.Ordinal);
        if (keys.Length > 0)
            await session.RunAsync([new FollowStatement($"SELECT source_key FROM {LedgerSchema.Quarantine} WHERE table_name = $1 AND source_key {session.Sql.In(2)} AND reason <> '{Reasons.MissingKey}'", table.Name, keys) { Read = row => aside.Add(row.GetString(0)) }], cancel);
        return aside;
    }

    /// <summary>Rows whose verdict or notes wait for any of these rows, as table and Classic's key.</summary>
    public async Task<HashSet<(string Table, string Key)>> WaitingAsync(string[] rows, CancellationToken cancel)
    {
        var waiting = new HashSet<(string, string)>();
        await session.RunAsync(
            [.. new[] { LedgerSchema.Quarantine, LedgerSchema.Notes }.Select(ledger => new FollowStatement($"SELECT table_name, source_key FROM {ledger} WHERE waits_for {session.Sql.In(1)}", (object)rows)
            {
                Read = row => waiting.Add((row.GetString(0), row.GetString(1))),
            })],
            cancel);
        return waiting;
    }

    /// <summary>Rows that point to any of these rows of Ultimate: key, and the JSON that keeps the old one.</summary>
    public async Task<IReadOnlyList<(KeyId Id, string? Kept)>> ChildrenAsync(FollowTable child, string column, object parents, CancellationToken cancel)
    {
        var rows = new List<(KeyId, string?)>();
        await session.RunAsync([Rows(child, $"t.{SqlName.Quote(column)} {session.Sql.In(1)}", rows, parents)], cancel);
        return rows;
    }

    /// <summary>Every row of a table, and every key of it in quarantine.</summary>
    public async Task<(IReadOnlyList<(KeyId Id, string? Kept)> Rows, IReadOnlyList<string> Aside)> AllAsync(FollowTable table, CancellationToken cancel)
    {
        var (rows, aside) = (new List<(KeyId, string?)>(), new List<string>());
        await session.RunAsync(
            [
                Rows(table, "true", rows),
                new FollowStatement($"SELECT source_key FROM {LedgerSchema.Quarantine} WHERE table_name = $1", table.Name) { Read = row => aside.Add(row.GetString(0)) },
            ],
            cancel);
        return (rows, aside);
    }

    /// <summary>The highest number of a table, and the numbers that are so high that no new one can be above them.</summary>
    public async Task<(long Highest, IReadOnlyList<long> Occupied)> HighestAsync(FollowTable table, CancellationToken cancel)
    {
        var (highest, occupied) = (0L, new List<long>());
        await session.RunAsync(
            [
                new FollowStatement($"SELECT coalesce(max(t.id), 0) FROM {table.Target.Quoted} t") { Read = row => highest = Number(row, 0) },
                new FollowStatement($"SELECT t.id FROM {table.Target.Quoted} t WHERE t.id > {FollowKeys.Ceiling}") { Read = row => occupied.Add(Number(row, 0)) },
            ],
            cancel);
        return (highest, occupied);
    }

    /// <summary>What rows want of unique columns, as the ledger has it.</summary>
    public async Task<IReadOnlyList<NameRow>> WantsAsync(FollowTable table, string[] keys, CancellationToken cancel)
    {
        var wants = new List<NameRow>();
        await session.RunAsync([new FollowStatement($"SELECT column_name, name_hash, source_key FROM {LedgerSchema.Names} WHERE table_name = $1 AND source_key {session.Sql.In(2)}", table.Name, keys) { Read = row => wants.Add(Name(row)) }], cancel);
        return wants;
    }

    /// <summary>Who wants these values of a unique column.</summary>
    public async Task<IReadOnlyList<NameRow>> WantersAsync(FollowTable table, string column, IEnumerable<UInt128> hashes, CancellationToken cancel)
    {
        var wants = new List<NameRow>();
        await session.RunAsync([new FollowStatement($"SELECT column_name, name_hash, source_key FROM {LedgerSchema.Names} WHERE table_name = $1 AND column_name = $2 AND name_hash {session.Sql.InHashes(3)}", table.Name, column, hashes.Select(HashBytes.Of).ToArray()) { Read = row => wants.Add(Name(row)) }], cancel);
        return wants;
    }

    /// <summary>The values that rows have in a text column of the target now.</summary>
    public async Task<IReadOnlyList<(KeyId Id, string Value)>> TextsAsync(FollowTable table, string column, IReadOnlyCollection<KeyId> ids, CancellationToken cancel)
    {
        var values = new List<(KeyId, string)>();
        await session.RunAsync([new FollowStatement($"SELECT t.id, t.{SqlName.Quote(column)} FROM {table.Target.Quoted} t WHERE t.id {session.Sql.In(1)}", FollowSession.Ids(table, ids)) { Read = row => values.Add((Id(table, row), row.GetString(1))) }], cancel);
        return values;
    }

    /// <summary>Which owners have a row that makes them have a derived one.</summary>
    public async Task<HashSet<string>> OwnersAsync(string table, string[] owners, CancellationToken cancel)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        await session.RunAsync([new FollowStatement($"SELECT DISTINCT owner_key FROM {LedgerSchema.Owners} WHERE table_name = $1 AND owner_key {session.Sql.In(2)}", table, owners) { Read = row => found.Add(row.GetString(0)) }], cancel);
        return found;
    }

    /// <summary>Writes what is said of rows whose lines were forgotten before.</summary>
    public Task WriteAsync(FollowTable table, EncodedRows rows, CancellationToken cancel) => session.InsertAsync(
        [
            new FollowInsert(
                $"{LedgerSchema.Quarantine} (table_name, source_key, occurrence, reason, detail, \"row\", waits_for)",
                [.. rows.Aside.Select(row => new object?[] { table.Name, LedgerText.Key(row.Key), row.Occurrence, row.Reason, LedgerText.Plain(row.Detail), LedgerText.Plain(row.Json), LedgerText.KeyOrNull(row.WaitsFor) })]),
            new FollowInsert(
                $"{LedgerSchema.Notes} (table_name, source_key, column_name, reason, original, waits_for)",
                [.. rows.Notes.Select(row => new object?[] { table.Name, LedgerText.Key(row.Key), row.Column, row.Reason, LedgerText.Plain(row.Original), LedgerText.KeyOrNull(row.WaitsFor) })]),
            new FollowInsert(
                $"{LedgerSchema.Names} (table_name, column_name, name_hash, source_key)",
                [.. rows.Names.Select(row => new object?[] { table.Name, row.Column, HashBytes.Of(row.Hash), LedgerText.Key(row.Key) })]),
            new FollowInsert(
                $"{LedgerSchema.Owners} (table_name, owner_key, source_key)",
                [.. rows.Owners.Select(row => new object?[] { table.Name, LedgerText.Key(row.Owner), LedgerText.Key(row.Key) })]),
        ],
        cancel);

    /// <summary>Makes the ledger's keys what is known in memory.</summary>
    public async Task WriteKeysAsync(FollowTable table, FollowKeys keys, CancellationToken cancel)
    {
        if (keys.Altered.Count == 0)
            return;
        await session.RunAsync([Delete(LedgerSchema.Keys, table, [.. keys.Altered.Select(LedgerKey.Of)])], cancel);
        await session.InsertAsync([new FollowInsert($"{LedgerSchema.Keys} (table_name, source_key, target_key)", [.. keys.Altered.Where(keys.IsKept).Select(key => new object?[] { table.Name, LedgerKey.Of(key), keys.Of(key)!.Value.ToString() })])], cancel);
        keys.Settle();
    }

    private FollowStatement Present(FollowTable table, IReadOnlyCollection<KeyId> ids, HashSet<KeyId> present, bool own = true) =>
        new($"SELECT t.id FROM {table.Target.Quoted} t WHERE t.id {session.Sql.In(1)}{(own ? "" : table.NotOwn)}", FollowSession.Ids(table, ids)) { Read = row => present.Add(Id(table, row)) };

    private FollowStatement Delete(string ledger, FollowTable table, string[] keys) =>
        new($"DELETE FROM {ledger} WHERE table_name = $1 AND source_key {session.Sql.In(2)}", table.Name, keys);

    private FollowStatement Delete(string ledger, FollowTable table, string[] keys, string told, HashSet<string> into) =>
        new($"{Delete(ledger, table, keys).Sql} RETURNING {told}", table.Name, keys) { Read = row => into.Add(row.GetString(0)) };

    private static FollowStatement Rows(FollowTable table, string where, List<(KeyId, string?)> rows, params object[] values) =>
        new($"SELECT t.id{(table.KeptIn is { } kept ? $", t.{SqlName.Quote(kept)}" : "")} FROM {table.Target.Quoted} t WHERE {where}{table.NotOwn}", values)
        {
            Read = row => rows.Add((Id(table, row), table.KeptIn is null || row.IsDBNull(1) ? null : row.GetString(1))),
        };

    private static KeyId Id(FollowTable table, DbDataReader row) => table.IsNumeric ? new KeyId(Number(row, 0), null) : new KeyId(0, row.GetString(0));

    // PostgreSQL's integer is read as such; an expression over it may be wider.
    private static long Number(DbDataReader row, int column) => row.GetFieldType(column) == typeof(int) ? row.GetInt32(column) : row.GetInt64(column);

    private static NameRow Name(DbDataReader row) => new(row.GetString(0), HashBytes.Read(row.GetFieldValue<byte[]>(1)), row.GetString(2));
}

/// <summary>What the target and its ledger had of rows that are looked at again.</summary>
/// <param name="Present">Keys in the target.</param>
/// <param name="Aside">Classic's keys in quarantine.</param>
/// <param name="Owners">Owners whose derived row these rows were for.</param>
internal sealed record FormerRows(HashSet<KeyId> Present, HashSet<string> Aside, HashSet<string> Owners);
