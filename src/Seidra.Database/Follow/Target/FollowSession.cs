namespace Seidra.Database;

/// <summary>
/// The one connection through which the follower writes Ultimate's database, kept open over the rounds with its statements
/// prepared. One transaction at a time.
/// </summary>
internal abstract class FollowSession(DatabaseKind kind) : IAsyncDisposable
{
    public FollowSql Sql { get; } = new(kind);

    /// <summary>Opens the connection; makes what it needs beside the tables.</summary>
    public static async Task<FollowSession> OpenAsync(DatabaseEndpoint target, IReadOnlyList<FollowTable> tables, CancellationToken cancel) =>
        target.Kind == DatabaseKind.PostgreSql
            ? await PostgresFollowSession.OpenAsync(target, tables, cancel)
            : await SqliteFollowSession.OpenAsync(target, tables, cancel);

    public abstract Task BeginAsync(CancellationToken cancel);

    public abstract Task CommitAsync(CancellationToken cancel);

    public abstract Task RollbackAsync();

    /// <summary>Runs statements one behind the other, in one round trip where the engine has one.</summary>
    public abstract Task RunAsync(IReadOnlyList<FollowStatement> statements, CancellationToken cancel);

    public abstract Task InsertAsync(IReadOnlyList<FollowInsert> inserts, CancellationToken cancel);

    /// <summary>Takes rows that shall stand in the table when <see cref="WriteAsync"/> is through.</summary>
    public abstract Task StageAsync(FollowTable table, IReadOnlyList<RowImage> rows, CancellationToken cancel);

    /// <summary>Inserts or replaces the staged rows by their key; of rows that are Ultimate's own, only the missing.</summary>
    public abstract Task WriteAsync(FollowTable table, CancellationToken cancel);

    /// <summary>Removes rows by their keys in Ultimate, Ultimate's own excepted.</summary>
    public Task RemoveAsync(FollowTable table, IReadOnlyCollection<KeyId> ids, CancellationToken cancel) =>
        RunAsync([new FollowStatement($"DELETE FROM {table.Target.Quoted} AS t WHERE t.id {Sql.In(1)}{table.NotOwn}", Ids(table, ids))], cancel);

    /// <summary>Reads the written rows back as they stand now, Ultimate's own excepted.</summary>
    /// <param name="table">The table.</param>
    /// <param name="ids">The keys of the rows that were written.</param>
    /// <param name="see">Gets key and hash of each row that is there.</param>
    /// <param name="cancel">Ends the reading.</param>
    public abstract Task ReadBackAsync(FollowTable table, IReadOnlyCollection<KeyId> ids, Action<KeyId, UInt128> see, CancellationToken cancel);

    /// <summary>Sets the sequences of numeric keys behind all keys; a few index look-ups.</summary>
    public abstract Task SetSequencesAsync(CancellationToken cancel);

    public abstract ValueTask DisposeAsync();

    /// <summary>A list of keys in Ultimate as a parameter.</summary>
    public static object Ids(FollowTable table, IEnumerable<KeyId> ids) =>
        table.IsNumeric ? ids.Select(id => id.Number).ToArray() : ids.Select(id => id.Text!).ToArray();

    /// <summary>The staged rows' statement: which rows are replaced, and of which only the missing come.</summary>
    protected static string Upsert(FollowTable table, string rows)
    {
        var set = string.Join(", ", table.Target.Columns.Skip(1).Select(column => $"{SqlName.Quote(column.Name)} = excluded.{SqlName.Quote(column.Name)}"));
        var own = table.Own is null ? "" : $" WHERE NOT coalesce({table.Own}, false)";
        return $"INSERT INTO {table.Target.Quoted} AS t ({table.Target.ColumnList}) {rows} ON CONFLICT (id) DO UPDATE SET {set}{own}";
    }

    /// <summary>What a row's unique value becomes while another row needs it and its own new value is still to come.</summary>
    protected const string Parked = "'seidra-cutover-parked-' || t.id";
}

/// <summary>A row that shall stand in Ultimate.</summary>
/// <param name="Id">Its key there.</param>
/// <param name="Tuple">The row as PostgreSQL's binary COPY has it.</param>
internal readonly record struct RowImage(KeyId Id, ReadOnlyMemory<byte> Tuple);
