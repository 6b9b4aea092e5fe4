namespace Seidra.Database;

/// <summary>Thins progress out to what an eye can follow; may be told from several threads.</summary>
/// <param name="progress">Told (done, total); total 0 means unknown.</param>
/// <param name="total">Everything there is to do, perhaps an estimate.</param>
internal sealed class ProgressTicker(Action<long, long>? progress, long total)
{
    private const int EveryMs = 50;
    private readonly Lock _one = new();
    private long _complete;
    private long _next;

    /// <summary>Reports what is done inside the part at hand.</summary>
    public void Partial(long done)
    {
        lock (_one)
            Tick(_complete + done);
    }

    /// <summary>Counts what was done since, where parts are worked on at once.</summary>
    public void Add(long more)
    {
        lock (_one)
            Tick(_complete += more);
    }

    /// <summary>Ends a part and always reports.</summary>
    public void Complete(long done = 0)
    {
        lock (_one)
            Report(_complete += done);
    }

    private void Tick(long done)
    {
        var now = Environment.TickCount64;
        if (progress is null || now < _next)
            return;
        _next = now + EveryMs;
        Report(done);
    }

    // The total may be an estimate of the server's statistics; it must never be less than what is done.
    private void Report(long done) => progress?.Invoke(done, total == 0 ? 0 : Math.Max(total, done));
}
