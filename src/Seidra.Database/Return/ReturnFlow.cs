using System.Data.Common;
using System.Globalization;

namespace Seidra.Database;

/// <summary>
/// The way back: after the switch, what clients write to Ultimate flows into Classic by the reversed map, in rounds that the
/// caller drives, until Classic is released. Classic is frozen for good meanwhile and stays so for everybody else.
/// </summary>
/// <remarks>
/// Order: <see cref="PrepareAsync"/> before the write freeze, <see cref="OpenAsync"/>, <see cref="ArmAsync"/> inside the freeze
/// after the last delta, <see cref="CatchUpAsync"/> after the switch as often as wanted; then either <see cref="RunBackAsync"/>
/// or, where Classic is released, <see cref="RemoveAsync"/>.
/// </remarks>
public sealed class ReturnFlow : IAsyncDisposable
{
    private readonly DatabaseEndpoint _classicEndpoint;
    private readonly DatabaseEndpoint _ultimateEndpoint;
    private readonly ReturnOptions _options;
    private readonly ReturnPlan _plan;
    private readonly ClassicConnection _classic;
    private readonly DbConnection _ultimate;
    private readonly ReturnKeys _keys;
    private IChangeCapture? _capture;

    private ReturnFlow(DatabaseEndpoint classicEndpoint, DatabaseEndpoint ultimateEndpoint, ReturnOptions options, ReturnPlan plan, ClassicConnection classic, DbConnection ultimate)
    {
        (_classicEndpoint, _ultimateEndpoint, _options, _plan, _classic, _ultimate) = (classicEndpoint, ultimateEndpoint, options, plan, classic, ultimate);
        _keys = new ReturnKeys(plan, classic);
    }

    /// <summary>Makes everything that the way back needs, while Classic still serves. Idempotent; starts anew where one was armed before.</summary>
    /// <param name="classic">Classic's database.</param>
    /// <param name="ultimate">Ultimate's database, with Classic's rows in it.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="DatabaseException">A right is missing, or tables are.</exception>
    public static Task PrepareAsync(DatabaseEndpoint classic, DatabaseEndpoint ultimate, CancellationToken cancel = default) =>
        GuardAsync(classic, ultimate, "prepare the way back in", async () =>
        {
            if ((await WriteFreeze.StateAsync(classic, cancel)).Kind == FreezeKind.Final)
                throw new DatabaseException($"Expected {classic.Display} to serve while the way back is prepared, found it frozen for good: clients write to Ultimate already, and what is there of a way back must stay. Look at it with --target=Status.");
            await using (var connection = await ReturnState.OpenAsync(ultimate, cancel))
            {
                await ReturnState.PrepareAsync(connection, ultimate.Kind, cancel);
                await ReturnState.ClearAsync(connection, cancel);
            }

            await using (var connection = await ClassicConnection.OpenAsync(classic, cancel))
            {
                await connection.BeginAsync(cancel);
                // What an earlier way back has kept may stand nowhere else.
                foreach (var table in new[] { ReturnTables.State, ReturnTables.Rows })
                    await connection.ExecuteAsync($"DROP TABLE IF EXISTS {table}", cancel);
                foreach (var statement in ReturnTables.Ddl)
                    await connection.ExecuteAsync(statement, cancel);
                await connection.CommitAsync(cancel);
            }

            await ReturnCapture.InstallAsync(ultimate, cancel);
            return true;
        });

    /// <summary>Opens connections and reads how Classic's columns write their values; nothing is changed.</summary>
    /// <param name="classic">Classic's database.</param>
    /// <param name="ultimate">Ultimate's database.</param>
    /// <param name="plan">The plan of the way in.</param>
    /// <param name="options">Media paths, freeze, log.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static Task<ReturnFlow> OpenAsync(DatabaseEndpoint classic, DatabaseEndpoint ultimate, MigrationPlan plan, ReturnOptions? options = null, CancellationToken cancel = default) =>
        GuardAsync(classic, ultimate, "open the way back of", async () =>
        {
            var connection = await ClassicConnection.OpenAsync(classic, cancel);
            return new ReturnFlow(
                classic, ultimate, options ?? new ReturnOptions(), await ReturnPlan.ReadAsync(connection, plan, cancel), connection, await ReturnState.OpenAsync(ultimate, cancel));
        });

    /// <summary>From here on Ultimate's changes count. To be called inside the freeze, when all of Classic's are applied.</summary>
    public Task ArmAsync(CancellationToken cancel = default) => GuardAsync("arm the way back of", async () =>
    {
        // What was noted so far are the migration's own writes.
        var capture = _capture ??= await ReturnCapture.OpenAsync(_ultimateEndpoint, null, cancel);
        var users = _plan["users"];
        var set = await capture.ReadAsync(cancel);
        UltimateRow? demo;
        // A reader of a SQLite file without WAL is in the way of writers, ourselves included.
        await using (set)
            demo = (await UltimateRows.ReadAsync(set.Snapshot, users.Ultimate, [new KeyId(DemoAccount.Id, null)], cancel)).Values.SingleOrDefault();
        if (demo is not null)
            await ReturnState.WriteAsync(_ultimate, ReturnState.Demo, DemoImage.Of(users, demo), cancel);
        await ReturnState.WriteAsync(_ultimate, ReturnState.From, set.Position, cancel);
        await capture.ConfirmAsync(set, cancel);
        return true;
    });

    /// <summary>Whether changes of Ultimate count.</summary>
    public Task<bool> IsArmedAsync(CancellationToken cancel = default) => GuardAsync("ask for the way back of", async () =>
        await ReturnState.ReadAsync(_ultimate, ReturnState.From, cancel) is not null);

    /// <summary>Brings what changed in Ultimate into Classic, in one transaction of Classic, position included.</summary>
    /// <exception cref="DatabaseException">Not armed, Classic is not frozen for good, or an engine refused.</exception>
    public Task<ReturnRoundResult> CatchUpAsync(CancellationToken cancel = default) =>
        GuardAsync("bring changes back into", () => RoundAsync([], cancel));

    /// <summary>Compares every row that changed in Ultimate since the switch with Classic's; changes nothing.</summary>
    public Task<ReturnVerificationResult> VerifyAsync(CancellationToken cancel = default) => GuardAsync("compare the rows of", async () =>
    {
        // Reading the set costs little and its snapshot is the moment at which all of the log counts.
        var capture = await CaptureAsync(cancel);
        await using var set = await capture.ReadAsync(cancel);
        return await new ReturnVerification(_plan, _classic, _keys, _options, set.Snapshot).RunAsync(cancel);
    });

    /// <summary>What stands in Classic's kept table.</summary>
    /// <param name="limit">Entries at most.</param>
    /// <param name="cancel">Ends the reading.</param>
    public Task<IReadOnlyList<KeptValue>> KeptAsync(int limit = 1_000, CancellationToken cancel = default) => GuardAsync("read what was kept in", async () =>
    {
        var kept = new List<KeptValue>();
        if (!await _classic.HasTableAsync(ReturnTables.Kept, cancel))
            return kept;
        await foreach (var row in _classic.ReadAsync(new Statement($"SELECT table_name, target_key, column_name, value, reason, detail FROM {ReturnTables.Kept} ORDER BY 1, 2, 3, 5 LIMIT {limit}"), cancel))
            kept.Add(new KeptValue((string)row[0]!, (string)row[1]!, (string)row[2]!, (string)row[3]!, (string)row[4]!, (string)row[5]!));
        return (IReadOnlyList<KeptValue>)kept;
    });

    /// <summary>
    /// Returns to Classic: rounds until little is left, Ultimate frozen, a last round, Classic opened, clients moved, and all
    /// that was left behind removed. Ultimate stays closed (see <see cref="ReopenAsync"/>), so that no client that goes around
    /// the front door is acknowledged there. Run again after a kill it goes on where it was.
    /// </summary>
    /// <param name="traffic">What is done with clients.</param>
    /// <param name="cancel">Ends the work; until Ultimate is closed for good, nothing is given up.</param>
    /// <exception cref="DatabaseException">Rows have no image in Classic, the freeze ended too early, or an engine refused: Ultimate goes on serving.</exception>
    public Task<ReturnResult> RunBackAsync(ReturnTraffic traffic, CancellationToken cancel = default) =>
        GuardAsync("return to", () => new WayBack(this, _classicEndpoint, _ultimateEndpoint, _options, traffic).RunAsync(cancel));

    /// <summary>
    /// Lets Ultimate's database take writes again after a return to Classic: when its services are stopped, or before the next
    /// cutover moves rows into it.
    /// </summary>
    /// <exception cref="DatabaseException">Clients still write there: Classic is frozen for good.</exception>
    public static async Task ReopenAsync(DatabaseEndpoint classic, DatabaseEndpoint ultimate, CancellationToken cancel = default)
    {
        if ((await WriteFreeze.StateAsync(classic, cancel)).Kind == FreezeKind.Final)
            throw new DatabaseException($"Expected {classic.Display} to serve before {ultimate.Display} is opened for another cutover, found it frozen for good. Finish the return first: --target=Rollback");
        await WriteFreeze.LiftAsync(ultimate, cancel);
    }

    /// <summary>Removes all that the way back has made in both databases, the kept list included: Classic is released.</summary>
    public static Task RemoveAsync(DatabaseEndpoint classic, DatabaseEndpoint ultimate, CancellationToken cancel = default) =>
        GuardAsync(classic, ultimate, "remove the way back of", async () =>
        {
            await ReturnCleanup.UltimateAsync(ultimate, cancel);
            await ReturnCleanup.ClassicAsync(classic, withKept: true, cancel);
            return true;
        });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_capture is not null)
            await _capture.DisposeAsync();
        await _ultimate.DisposeAsync();
        await _classic.DisposeAsync();
    }

    /// <summary>A round, with rows that are looked at whether they changed or not.</summary>
    internal async Task<ReturnRoundResult> RoundAsync(IReadOnlyList<string> again, CancellationToken cancel)
    {
        var capture = await CaptureAsync(cancel);
        var set = await capture.ReadAsync(cancel);
        ReturnRoundResult result;
        await using (set)
        {
            var changed = await ChangedAsync(set, again, cancel);
            if (changed.Count == 0)
                return ReturnRoundResult.Nothing;
            result = await ApplyAsync(set, changed, cancel);
        }

        await capture.ConfirmAsync(set, cancel);
        _options.Log?.Invoke($"way back: {result.Changes} changes; +{result.Inserted} ~{result.Updated} -{result.Deleted}, {result.Untouched} untouched, {result.Kept} kept");
        return result;
    }

    internal Task WarmAsync(CancellationToken cancel) => _keys.WarmAsync(cancel);

    internal async Task<long> WrittenAsync(CancellationToken cancel) =>
        await _classic.HasTableAsync(ReturnTables.State, cancel)
            ? long.Parse(await _classic.ScalarAsync($"SELECT value FROM {ReturnTables.State} WHERE key = '{ReturnTables.Written}'", cancel) ?? "0", CultureInfo.InvariantCulture)
            : 0;

    internal async Task<IReadOnlyDictionary<string, long>> KeptByReasonAsync(CancellationToken cancel)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        if (!await _classic.HasTableAsync(ReturnTables.Kept, cancel))
            return counts;
        await foreach (var row in _classic.ReadAsync(new Statement($"SELECT reason, CAST(count(*) AS text) FROM {ReturnTables.Kept} GROUP BY reason"), cancel))
            counts[(string)row[0]!] = long.Parse((string)row[1]!, CultureInfo.InvariantCulture);
        return counts;
    }

    /// <summary>Gives Classic's clients their writes back.</summary>
    internal Task ReleaseAsync(CancellationToken cancel) => FreezePassage.ReleaseAsync(_classic.Connection, cancel);

    /// <summary>Lets go of the capture, so that it can be removed.</summary>
    internal async Task CloseCaptureAsync()
    {
        if (_capture is not null)
            await _capture.DisposeAsync();
        _capture = null;
    }

    private async Task<ReturnRoundResult> ApplyAsync(ChangeSet set, Dictionary<string, HashSet<KeyId>> changed, CancellationToken cancel)
    {
        // On the set's own connection: in a SQLite file without WAL a waiting writer lets no new reader in as long as one is there.
        var demo = await ReturnState.ReadAsync(set.Snapshot, ReturnState.Demo, cancel);
        await _classic.BeginAsync(cancel);
        try
        {
            var passage = await FreezePassage.OpenAsync(_classic.Connection, cancel);
            var round = new ReturnRound(_plan, _classic, _keys, _options, set.Snapshot);
            await round.RunAsync(changed, demo, cancel);
            var result = new ReturnRoundResult(set.Changes, round.Inserted, round.Updated, round.Deleted, round.Untouched, round.Kept.Count, set.Since);
            if (round.Inserted > 0)
                await SetSequencesAsync(changed.Keys, cancel);
            await WriteStateAsync(set.Position, result.Written, cancel);
            await passage.CloseAsync(cancel);
            await _classic.CommitAsync(cancel);
            return result;
        }
        catch
        {
            _keys.Forget();
            try
            {
                await _classic.RollBackAsync();
            }
            catch (DbException)
            {
                // The connection is lost; the server or the file has rolled back by itself.
            }

            throw;
        }
    }

    private async Task<Dictionary<string, HashSet<KeyId>>> ChangedAsync(ChangeSet set, IReadOnlyList<string> again, CancellationToken cancel)
    {
        var changed = set.Keys.ToDictionary(pair => pair.Key, pair => pair.Value.ToHashSet(), StringComparer.Ordinal);
        void Add(string table, IEnumerable<KeyId> keys)
        {
            if (!changed.TryGetValue(table, out var known))
                changed[table] = known = [];
            known.UnionWith(keys);
        }

        foreach (var name in set.Truncated)
        {
            Add(name, await UltimateRows.KeysAsync(set.Snapshot, _plan[name].Ultimate, cancel));
            if (_plan[name].IsInClassic)
                Add(name, await _keys.TargetsAsync(_plan[name], set.Snapshot, cancel));
        }

        foreach (var row in again.Select(row => row.Split('/', 2)))
            Add(row[0], [KeyId.Of(row[1])!.Value]);
        // What was refused may be possible now: a parent that came, a name that became free.
        if (changed.Count > 0)
        {
            await foreach (var row in _classic.ReadAsync(new Statement($"SELECT DISTINCT table_name, target_key FROM {ReturnTables.Kept} WHERE reason IN ('{string.Join("', '", KeptReasons.Mendable)}')"), cancel))
                Add((string)row[0]!, [KeyId.Of(row[1])!.Value]);
        }

        return changed;
    }

    private async Task SetSequencesAsync(IEnumerable<string> tables, CancellationToken cancel)
    {
        foreach (var table in tables.Select(name => _plan[name]).Where(table => table.IsInClassic))
        {
            if (new ClassicTable(table, _classic.Kind).Sequence is { } sql)
                await _classic.ExecuteAsync(sql, cancel);
        }
    }

    private Task WriteStateAsync(string position, long written, CancellationToken cancel) => _classic.ExecuteAsync(
        [
            new Statement($"INSERT INTO {ReturnTables.State} VALUES ('{ReturnTables.Position}', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value", position),
            new Statement($"INSERT INTO {ReturnTables.State} VALUES ('{ReturnTables.Written}', $1) ON CONFLICT (key) DO UPDATE SET value = CAST(CAST({ReturnTables.State}.value AS bigint) + CAST(excluded.value AS bigint) AS text)", written.ToString(CultureInfo.InvariantCulture)),
        ],
        cancel);

    private async Task<IChangeCapture> CaptureAsync(CancellationToken cancel)
    {
        var from = await ReturnState.ReadAsync(_ultimate, ReturnState.From, cancel)
            ?? throw new DatabaseException($"Expected the way back of {_ultimateEndpoint.Display} to be armed at the switch, found it is not: its changes since then are not known. Look at it with --target=Status.");
        return _capture ??= await ReturnCapture.OpenAsync(
            _ultimateEndpoint, await _classic.ScalarAsync($"SELECT value FROM {ReturnTables.State} WHERE key = '{ReturnTables.Position}'", cancel) ?? from, cancel);
    }

    private Task<T> GuardAsync<T>(string doing, Func<Task<T>> work) => GuardAsync(_classicEndpoint, _ultimateEndpoint, doing, work);

    private static async Task<T> GuardAsync<T>(DatabaseEndpoint classic, DatabaseEndpoint ultimate, string doing, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(error is Npgsql.NpgsqlException == (classic.Kind == DatabaseKind.PostgreSql) ? classic : ultimate, error, doing);
        }
    }
}
