namespace Seidra.Cutover.Bench;

/// <summary>Classic's clients while it moves: a probe that writes every 10 ms, two writers that retry, a reader; each on a thread of its own.</summary>
internal sealed class LiveClients : IAsyncDisposable
{
    private const int ProbePeriodMs = 10;
    private const int WriterPeriodMs = 8;
    private const int RetryMs = 2;

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _threads = [];
    private readonly IClientSides _sides;
    private int _reads;
    private int _failedReads;

    private LiveClients(IClientSides sides) => _sides = sides;

    /// <summary>The probe's journal: the write pause is its longest gap.</summary>
    public WriteJournal Probe { get; } = new();

    /// <summary>All journals, the probe's among them.</summary>
    public IReadOnlyList<WriteJournal> Journals => [Probe, .. Writers];

    /// <summary>Reads that were answered.</summary>
    public int Reads => _reads;

    /// <summary>Reads that failed.</summary>
    public int FailedReads => _failedReads;

    private WriteJournal[] Writers { get; } = [new(), new()];

    /// <summary>Starts them.</summary>
    public static LiveClients Start(IClientSides sides)
    {
        var clients = new LiveClients(sides);
        clients.Run(() => clients.Write("probe", clients.Probe, ProbePeriodMs));
        for (var index = 0; index < clients.Writers.Length; index++)
        {
            var (name, journal) = ($"writer{index}", clients.Writers[index]);
            clients.Run(() => clients.Write(name, journal, WriterPeriodMs));
        }

        clients.Run(clients.Read);
        return clients;
    }

    /// <summary>Waits until the probe's writes have been acknowledged after a moment.</summary>
    /// <exception cref="BenchException">A client failed, or waited too long.</exception>
    public async Task WrittenAfterAsync(long moment, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (!Probe.HasAfter(moment))
        {
            if (_threads.FirstOrDefault(thread => thread.IsFaulted) is { } failed)
            {
                await failed;
            }

            try
            {
                await Task.Delay(2, limit.Token);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                throw new BenchException("Expected writes to flow again within 2 minutes, found none acknowledged.");
            }
        }
    }

    /// <summary>Ends them, each after the write that it is at.</summary>
    /// <exception cref="BenchException">A client failed.</exception>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_threads);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // Whoever waits for a failure has been told by then; this is for those that leave early.
        await Task.WhenAll(_threads).ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }

    private void Run(Action work) => _threads.Add(Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));

    private void Write(string name, WriteJournal journal, int period)
    {
        using var classic = _sides.OpenClassic();
        using var ultimate = _sides.OpenUltimate();
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            var token = $"{WriteAudit.TokenPrefix}{name}-{number}";
            var onUltimate = false;
            long? job;
            while ((job = ((onUltimate = _sides.OnUltimate) ? ultimate : classic).Insert(token)) is null && !_stop.IsCancellationRequested)
            {
                Thread.Sleep(RetryMs);
            }

            if (job is not { } id)
            {
                return;
            }

            journal.Inserted(token, onUltimate);
            // Every other job changes once more on Classic; where that is refused, it stays as it was.
            if (!onUltimate && number % 2 == 0 && classic.Update(id, 0.5))
            {
                journal.Updated(token, 0.5);
            }

            Thread.Sleep(period);
        }
    }

    private void Read()
    {
        using var classic = _sides.OpenClassic();
        using var ultimate = _sides.OpenUltimate();
        while (!_stop.IsCancellationRequested)
        {
            Interlocked.Increment(ref _reads);
            if (!(_sides.OnUltimate ? ultimate : classic).Read())
            {
                Interlocked.Increment(ref _failedReads);
            }

            Thread.Sleep(ProbePeriodMs);
        }
    }
}
