using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Seidra.Database;

/// <summary>
/// Rows of a SQLite file in one read transaction. In WAL mode readers and the writer do not wait for one another; in any other
/// mode a long read would make Classic's writers wait, so a source that opens the file itself then reads a private copy, whose
/// making takes the lock for a moment only.
/// </summary>
internal sealed class SqliteRowSource : IRowSource
{
    private const int KeysPerBatch = 400;
    private readonly sqlite3 _database;
    private readonly SqliteEncoding _encoding;
    private readonly Dictionary<string, SqliteKey> _keys = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _owned;
    private readonly DirectoryInfo? _copy;

    private SqliteRowSource(sqlite3 database, bool owned, DirectoryInfo? copy)
    {
        _database = database;
        _owned = owned;
        _copy = copy;
        _encoding = new SqliteEncoding(SqliteQuery.Text(database, "PRAGMA encoding"));
    }

    public static async Task<SqliteRowSource> OpenAsync(DatabaseEndpoint endpoint, CancellationToken cancel)
    {
        // Opened by the driver first: it says in words what is wrong with a file.
        await using var connection = await endpoint.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
        if (SqliteQuery.Text(connection.Handle!, "PRAGMA journal_mode").Equals("wal", StringComparison.OrdinalIgnoreCase))
            return Begin(endpoint.Path!, null);
        var folder = Directory.CreateTempSubdirectory("seidra-snapshot-");
        try
        {
            var path = Path.Combine(folder.FullName, "classic.db");
            await using (var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString))
            {
                await copy.OpenAsync(cancel);
                connection.BackupDatabase(copy);
            }

            return Begin(path, folder);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    public static SqliteRowSource Over(SqliteConnection snapshot) => new(snapshot.Handle!, owned: false, copy: null);

    public IEnumerable<IRawRow> Read(TablePlan table, KeyRange range)
    {
        var key = Key(table);
        foreach (var (where, values) in Conditions(key, range))
        {
            foreach (var row in Run($"SELECT {Columns(table)} FROM {SqlName.Quote(table.Source)}{where} ORDER BY {key.Order}", values))
                yield return row;
        }
    }

    public IEnumerable<IRawRow> Read(TablePlan table, IReadOnlyCollection<KeyId> keys)
    {
        var key = Key(table);
        foreach (var batch in Ordered(keys).Chunk(KeysPerBatch))
        {
            var wanted = batch.ToHashSet();
            var values = batch.SelectMany(id => Stored(id, key)).ToList();
            var places = string.Join(", ", Enumerable.Range(1, values.Count).Select(index => $"?{index}"));
            foreach (var row in Run($"SELECT {Columns(table)} FROM {SqlName.Quote(table.Source)} WHERE {key.Name} IN ({places}) ORDER BY {key.Order}", values))
            {
                // A column may hold 'a' and 'A' for equal.
                if (KeyId.Of(row[table.Binding.Key]) is { } id && wanted.Contains(id))
                    yield return row;
            }
        }
    }

    public IReadOnlyList<KeyRange> Split(TablePlan table, int rowsPerRange)
    {
        var key = Key(table);
        if (!key.IsIndexed)
            return [KeyRange.All];
        if (key.IsRowId && SqliteQuery.Rows(_database, $"SELECT (SELECT min({key.Name}) FROM {SqlName.Quote(table.Source)}), (SELECT max({key.Name}) FROM {SqlName.Quote(table.Source)})")[0] is [long lowest, long highest]
            && KeyBound.Even(lowest, highest, table.Rows, rowsPerRange) is { } even)
            return even;
        var bounds = new List<string>();
        var count = 0;
        foreach (var row in Run($"SELECT {key.Name} FROM {SqlName.Quote(table.Source)} WHERE {key.Name} IS NOT NULL ORDER BY {key.Name}", []))
        {
            if (++count < rowsPerRange || KeyBound.Of(row[0]) is not { } bound)
                continue;
            count = 0;
            if (bounds.Count == 0 || bounds[^1] != bound)
                bounds.Add(bound);
        }

        return KeyBound.Between(bounds);
    }

    public IEnumerable<KeyId> Keys(TablePlan table, KeyRange range)
    {
        var key = Key(table);
        foreach (var (where, values) in Conditions(key, range))
        {
            foreach (var row in Run($"SELECT {key.Name} FROM {SqlName.Quote(table.Source)}{where} ORDER BY {key.Name}", values))
            {
                var value = row.Raw(0);
                if (value.Kind == RawKind.Integer)
                    yield return new KeyId(value.Number, null);
                else if (KeyId.Of(row[0]) is { } id)
                    yield return id;
            }
        }
    }

    public bool HasUniqueKey(TablePlan table)
    {
        var key = Key(table);
        if (key.IsRowId || !key.IsUnique)
            return key.IsRowId;
        // Keys that differ for the engine may mean one number or text: '5' and 5, ' a' and 'a'.
        var kinds = SqliteQuery.Rows(
            _database,
            $"""
            SELECT max(typeof({key.Name}) = 'integer'), max(typeof({key.Name}) = 'text' AND {key.Name} NOT GLOB '*[^-0-9A-Za-z_.:]*'),
                   max(typeof({key.Name}) NOT IN ('integer', 'null') AND NOT (typeof({key.Name}) = 'text' AND {key.Name} NOT GLOB '*[^-0-9A-Za-z_.:]*'))
            FROM {SqlName.Quote(table.Source)}
            """)[0];
        return kinds[2] is not 1L && !(kinds[0] is 1L && kinds[1] is 1L);
    }

    public ValueTask DisposeAsync()
    {
        if (_owned)
            _database.Dispose();
        _copy?.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static SqliteRowSource Begin(string path, DirectoryInfo? copy)
    {
        const int BusyMilliseconds = 30_000;
        // One thread uses this connection, so no call needs the connection's lock.
        var result = raw.sqlite3_open_v2(path, out var database, raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_NOMUTEX, null);
        try
        {
            if (result != raw.SQLITE_OK)
                throw SqliteQuery.Error(database);
            raw.sqlite3_busy_timeout(database, BusyMilliseconds);
            SqliteQuery.Execute(database, "BEGIN");
            // A deferred transaction takes its snapshot at the first read.
            SqliteQuery.Text(database, "SELECT count(*) FROM sqlite_master");
            return new SqliteRowSource(database, owned: true, copy);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static string Columns(TablePlan table) => string.Join(", ", table.SourceColumns.Select(column => SqlName.Quote(column.Name)));

    private static IEnumerable<(string Where, IReadOnlyList<object> Values)> Conditions(SqliteKey key, KeyRange range)
    {
        switch (range.After, range.UpTo)
        {
            case (null, null):
                yield return ("", []);
                break;
            case (null, { } last):
                if (!key.IsRowId)
                    yield return ($" WHERE {key.Name} IS NULL", []);
                yield return ($" WHERE {key.Name} <= ?1", [KeyBound.Read(last)]);
                break;
            case ({ } first, null):
                yield return ($" WHERE {key.Name} > ?1", [KeyBound.Read(first)]);
                break;
            case ({ } first, { } last):
                yield return ($" WHERE {key.Name} > ?1 AND {key.Name} <= ?2", [KeyBound.Read(first), KeyBound.Read(last)]);
                break;
        }
    }

    // Batches must not overlap: numbers by value, then text, which is the order of the engine for all but texts of its own rules.
    private static IEnumerable<KeyId> Ordered(IReadOnlyCollection<KeyId> keys) => keys.Distinct().Order(KeyOrder.Instance);

    private static IEnumerable<object> Stored(KeyId id, SqliteKey key)
    {
        if (id.IsNumber)
            return key.MixesNumbersAndText ? [id.Number, id.ToString()] : [id.Number];
        return key.MixesNumbersAndText && double.TryParse(id.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? [id.Text!, real] : [id.Text!];
    }

    private SqliteKey Key(TablePlan table)
    {
        if (!_keys.TryGetValue(table.Source, out var key))
            _keys[table.Source] = key = SqliteKey.Of(_database, table);
        return key;
    }

    private IEnumerable<IRawRow> Run(string sql, IReadOnlyList<object> values)
    {
        using var statement = SqliteQuery.Prepare(_database, sql, values);
        var row = new StatementRow(statement, _encoding);
        try
        {
            while (SqliteQuery.Step(_database, statement))
                yield return row;
        }
        finally
        {
            // Whoever still has the row must not reach into freed memory.
            row.Close();
        }
    }
}
