using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>
/// Brings Classic's changes into Ultimate while Classic serves. Each round takes everything up to one moment of Classic and is
/// one transaction of the target, its position in the feed included, so the target always is the image of one exact state.
/// Stays open over many rounds; not thread-safe.
/// </summary>
internal sealed class Follower : IAsyncDisposable
{
    private const int DefaultBatchRows = 5_000;
    private readonly DatabaseEndpoint _source;
    private readonly DatabaseEndpoint _target;
    private readonly MigrationPlan _plan;
    private readonly MigrationOptions _options;
    private readonly IChangeCapture _capture;
    private FollowContext? _context;

    private Follower(DatabaseEndpoint source, DatabaseEndpoint target, MigrationPlan plan, MigrationOptions options, IChangeCapture capture) =>
        (_source, _target, _plan, _options, _capture) = (source, target, plan, options, capture);

    /// <summary>Rows that are looked at together; memory grows with it.</summary>
    internal int BatchRows { get; init; } = DefaultBatchRows;

    /// <summary>Opens the connections, makes the ledger's tables and the indexes that following needs, and checks Classic's columns.</summary>
    /// <param name="source">Classic's database; only read.</param>
    /// <param name="target">Ultimate's database, whose bulk copy is complete.</param>
    /// <param name="plan">The plan made for this source.</param>
    /// <param name="options">Media paths, log.</param>
    /// <param name="capture">Classic's changes since before the bulk copy; stays the caller's.</param>
    /// <param name="cancel">Ends the opening.</param>
    /// <exception cref="DatabaseException">Classic's columns are not the plan's, or an engine refused.</exception>
    public static async Task<Follower> OpenAsync(
        DatabaseEndpoint source, DatabaseEndpoint target, MigrationPlan plan, MigrationOptions options, IChangeCapture capture, CancellationToken cancel = default)
    {
        await PlannedColumns.RequireAsync(source, plan, cancel);
        await FollowIndexes.EnsureAsync(target, cancel);
        var follower = new Follower(source, target, plan, options, capture);
        await follower.GuardAsync(() => follower.ContextAsync(cancel), cancel);
        return follower;
    }

    /// <summary>One round. After an error the next one starts anew: nothing of the round is in the target.</summary>
    /// <exception cref="DatabaseException">
    /// The capture was lost, Classic's tables were altered, an engine refused, or rows read back were not those sent.
    /// </exception>
    public Task<FollowRound> CatchUpAsync(CancellationToken cancel = default) => GuardAsync(() => RoundAsync(null, confirm: true, cancel), cancel);

    /// <summary>The same; unconfirmed changes stay with the capture, for Classic may be locked against tidying.</summary>
    internal Task<FollowRound> CatchUpAsync(bool confirm, CancellationToken cancel) => GuardAsync(() => RoundAsync(null, confirm, cancel), cancel);

    /// <summary>The same, with rows that are looked at again though Classic did not change them.</summary>
    /// <param name="also">Classic's keys by Ultimate's table.</param>
    /// <param name="cancel">Ends the round.</param>
    internal Task<FollowRound> CatchUpAsync(IReadOnlyDictionary<string, HashSet<KeyId>> also, CancellationToken cancel) =>
        GuardAsync(() => RoundAsync(also, confirm: true, cancel), cancel);

    /// <summary>Rounds until what is left to do takes less than <paramref name="below"/>.</summary>
    /// <param name="below">How old the oldest change may be when it reaches the target.</param>
    /// <param name="cancel">Ends it between two rounds.</param>
    /// <returns>The last round.</returns>
    public async Task<FollowRound> DrainAsync(TimeSpan below, CancellationToken cancel = default)
    {
        while (true)
        {
            var round = await CatchUpAsync(cancel);
            if (round.Lag <= below)
                return round;
            _options.Log?.Invoke($"caught up with {round.Changes} changes; they were {round.Lag.TotalSeconds:0.0} s old");
        }
    }

    /// <summary>Sets the target's sequences behind its highest keys; to be called when no round follows.</summary>
    public Task SetSequencesAsync(CancellationToken cancel = default) => GuardAsync(
        async () =>
        {
            await (await ContextAsync(cancel)).Session.SetSequencesAsync(cancel);
            return true;
        },
        cancel);

    /// <summary>How far the target is; null where nothing was followed into it yet.</summary>
    public Task<string?> PositionAsync(CancellationToken cancel = default) => GuardAsync(async () => await (await ContextAsync(cancel)).Ledger.PositionAsync(cancel), cancel);

    public ValueTask DisposeAsync() => CloseAsync();

    private async Task<FollowRound> RoundAsync(IReadOnlyDictionary<string, HashSet<KeyId>>? also, bool confirm, CancellationToken cancel)
    {
        await using var set = await _capture.ReadAsync(cancel);
        IReadOnlyList<TableRound> tables = [];
        if (!set.IsEmpty || also is not null)
            tables = await ApplyAsync(set, also, cancel);
        var now = DateTimeOffset.UtcNow;
        if (confirm)
            await LetGoAsync(set, cancel);
        return new FollowRound(
            set.Changes,
            tables.Sum(table => table.Keys),
            [.. tables.Select(table => new FollowTableResult(table.Name, table.Upserted, table.Removed, table.Aside, table.Verified))],
            set.Since,
            set.Since is { } since && since < now ? now - since : TimeSpan.Zero,
            set.Position);
    }

    private async Task LetGoAsync(ChangeSet set, CancellationToken cancel)
    {
        if (set.IsEmpty)
        {
            // Triggers that have noted nothing have nothing to be let go of; a slot keeps WAL of other tables as well.
            if (_capture.Kind != CaptureKind.Logical)
                return;
            var context = await ContextAsync(cancel);
            await context.Session.BeginAsync(cancel);
            await context.Ledger.SetPositionAsync(set.Position, cancel);
            await context.Session.CommitAsync(CancellationToken.None);
        }

        await _capture.ConfirmAsync(set, cancel);
    }

    private async Task<IReadOnlyList<TableRound>> ApplyAsync(ChangeSet set, IReadOnlyDictionary<string, HashSet<KeyId>>? also, CancellationToken cancel)
    {
        var context = await ContextAsync(cancel);
        await using var source = RowSource.Over(set.Snapshot, _source.Kind);
        var pass = new FollowPass(context, set, also, source);
        await context.Session.BeginAsync(cancel);
        await pass.RunAsync(cancel);
        await context.Ledger.SetPositionAsync(set.Position, cancel);
        try
        {
            // Once begun it is not cut short: its outcome must be known.
            await context.Session.CommitAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is DbException or IOException or SocketException)
        {
            await CloseAsync();
            if (await (await ContextAsync(cancel)).Ledger.PositionAsync(cancel) != set.Position)
                throw;
        }

        return pass.Tables;
    }

    private async Task<FollowContext> ContextAsync(CancellationToken cancel)
    {
        if (_context is { } open)
            return open;
        var tables = new FollowTables(_plan);
        var session = await FollowSession.OpenAsync(_target, [.. tables.All.Select(table => table.Table)], cancel);
        var context = new FollowContext(_source, _plan, _options, tables, session, BatchRows);
        try
        {
            await context.Ledger.LoadKeysAsync((table, key, id) => tables.Get(table)?.Keys.Load(key, id), cancel);
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }

        return _context = context;
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        try
        {
            return await work();
        }
        catch (Exception error)
        {
            // What is known in memory may be of a round that is not in the target.
            await CloseAsync();
            if (error is DbException or IOException or SocketException or TimeoutException && !cancel.IsCancellationRequested)
                throw EndpointErrors.Wrap(error is SqliteException == (_target.Kind == DatabaseKind.Sqlite) ? _target : _source, error, "follow changes into");
            throw;
        }
    }

    private async ValueTask CloseAsync()
    {
        if (_context is not { } open)
            return;
        _context = null;
        try
        {
            await open.Session.DisposeAsync();
        }
        catch (DbException)
        {
            // The connection is gone already; the server has rolled back.
        }
    }
}
