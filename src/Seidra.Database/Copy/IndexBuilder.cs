using Npgsql;

namespace Seidra.Database;

/// <summary>
/// Makes indexes, keys and foreign keys again, on connections of its own, as soon as their tables are loaded: beside the load of
/// the next table by one, at the end by two. A foreign key waits for the keys of its parent.
/// </summary>
internal sealed class IndexBuilder : IAsyncDisposable
{
    private readonly DatabaseEndpoint _target;
    private readonly IndexSession _session;
    private readonly Action<string>? _log;
    private readonly Lock _lock = new();
    private readonly List<IndexStep> _pending;
    private readonly List<IndexStep> _running = [];
    private readonly HashSet<string> _loading;
    private readonly CancellationTokenSource _stop;
    private readonly List<Task> _workers = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="target">Ultimate's database.</param>
    /// <param name="pending">What is to be made.</param>
    /// <param name="loading">Tables that are still to be loaded.</param>
    /// <param name="session">Memory and workers of the server for it.</param>
    /// <param name="log">Gets plain lines.</param>
    /// <param name="cancel">Ends the work.</param>
    public IndexBuilder(DatabaseEndpoint target, IEnumerable<IndexStep> pending, IEnumerable<string> loading, IndexSession session, Action<string>? log, CancellationToken cancel)
    {
        _target = target;
        _session = session;
        _log = log;
        _pending = [.. pending];
        _loading = [.. loading];
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (_pending.Count > 0)
            _workers.Add(WorkAsync());
    }

    /// <summary>A table is loaded.</summary>
    public void Loaded(string table) => Change(() => _loading.Remove(table));

    /// <summary>Waits until the keys and indexes of a loaded table are there.</summary>
    public Task KeysAsync(string table) => UntilAsync(() => !_pending.Concat(_running).Any(step => step.Table == table && step.Parent is null));

    /// <summary>Waits until all is made; every table must be loaded.</summary>
    public async Task FinishAsync()
    {
        if (_workers.Count > 0)
            _workers.Add(WorkAsync());
        await UntilAsync(() => _pending.Count == 0 && _running.Count == 0);
        await Task.WhenAll(_workers);
    }

    /// <summary>Throws what a worker failed with.</summary>
    public void ThrowIfFailed() => _workers.FirstOrDefault(worker => worker.IsFaulted)?.GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Change(() => { });
        foreach (var worker in _workers)
            await worker.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        await Task.Yield();
        NpgsqlConnection? connection = null;
        try
        {
            while (await NextAsync() is { } step)
            {
                await new Patience(_log).RunAsync(step.Name, async () =>
                {
                    try
                    {
                        connection ??= await _session.OpenAsync(_target, _stop.Token);
                        await MakeAsync(connection, step);
                    }
                    catch
                    {
                        await (connection?.DisposeAsync() ?? default);
                        connection = null;
                        throw;
                    }
                }, _stop.Token);
                Change(() => _running.Remove(step));
            }
        }
        catch
        {
            Change(_pending.Clear);
            throw;
        }
        finally
        {
            await (connection?.DisposeAsync() ?? default);
        }
    }

    private async Task MakeAsync(NpgsqlConnection connection, IndexStep step)
    {
        await using var transaction = await connection.BeginTransactionAsync(_stop.Token);
        // An earlier try whose commit had no answer may have made it.
        if (!await step.ForgetAsync(connection, _stop.Token))
            return;
        foreach (var statement in step.Statements)
            await connection.RunAsync(statement, _stop.Token);
        await transaction.CommitAsync(_stop.Token);
    }

    private async Task<IndexStep?> NextAsync()
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                _stop.Token.ThrowIfCancellationRequested();
                if (_pending.Count == 0)
                    return null;
                if (_pending.FirstOrDefault(IsReady) is { } step)
                {
                    _pending.Remove(step);
                    _running.Add(step);
                    return step;
                }

                changed = _changed.Task;
            }

            await changed;
        }
    }

    private bool IsReady(IndexStep step)
    {
        if (_loading.Contains(step.Table))
            return false;
        // Naming a key needs its table alone: two at once would wait for one another.
        if (step.Parent is null)
            return step.Statements.Count == 1 || !_running.Any(other => other.Table == step.Table && other.Statements.Count > 1);
        return !_loading.Contains(step.Parent)
            && !_running.Any(other => other.Table == step.Table)
            && !_pending.Concat(_running).Any(other => other.Parent is null && (other.Table == step.Parent || other.Table == step.Table));
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    private async Task UntilAsync(Func<bool> isSo)
    {
        while (true)
        {
            ThrowIfFailed();
            Task changed;
            lock (_lock)
            {
                if (isSo() && _workers.All(worker => !worker.IsFaulted))
                    return;
                changed = _changed.Task;
            }

            await Task.WhenAny([changed, .. _workers.Where(worker => !worker.IsCompleted)]);
            _stop.Token.ThrowIfCancellationRequested();
        }
    }
}

/// <summary>What a session that makes indexes is given.</summary>
/// <param name="MemoryMegabytes">maintenance_work_mem.</param>
/// <param name="Workers">max_parallel_maintenance_workers.</param>
internal sealed record IndexSession(int MemoryMegabytes, int Workers)
{
    public async Task<NpgsqlConnection> OpenAsync(DatabaseEndpoint target, CancellationToken cancel)
    {
        var connection = await target.OpenPostgresAsync(cancel);
        try
        {
            await connection.RunAsync(
                $"SET statement_timeout = 0; SET lock_timeout = '5s'; SET maintenance_work_mem = '{MemoryMegabytes}MB'; SET max_parallel_maintenance_workers = {Workers}",
                cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
