namespace Seidra.Database;

/// <summary>Thins progress out to what an eye can follow.</summary>
/// <param name="progress">Told (done, total); total 0 means unknown.</param>
/// <param name="total">Everything there is to do, perhaps an estimate.</param>
internal sealed class ProgressTicker(Action<long, long>? progress, long total)
{
    private const int EveryMs = 50;
    private long _complete;
    private long _next;

    /// <summary>Reports what is done inside the part at hand.</summary>
    public void Partial(long done)
    {
        var now = Environment.TickCount64;
        if (progress is null || now < _next)
            return;
        _next = now + EveryMs;
        Report(_complete + done);
    }

    /// <summary>Ends a part and always reports.</summary>
    public void Complete(long done)
    {
        _complete += done;
        if (progress is not null)
            Report(_complete);
    }

    // The total may be an estimate of the server's statistics; it must never be less than what is done.
    private void Report(long done) => progress!(done, total == 0 ? 0 : Math.Max(total, done));
}
