using System.Diagnostics;

namespace Seidra.Sandbox.Door;

/// <summary>
/// Lets writes pass, or queues them while they are held. A hold always ends: by <see cref="Release"/> or, when nobody
/// comes to release it, at its deadline.
/// </summary>
internal sealed class WriteGate : IDisposable
{
    private readonly Lock sync = new();
    private readonly Timer deadlineTimer;
    private TaskCompletionSource? released;
    private TaskCompletionSource? drained;
    private int inFlight;
    private long holdStart = long.MaxValue;
    private long holdEnd = long.MaxValue;

    public WriteGate() => deadlineTimer = new Timer(_ => Release());

    /// <summary>Whether writes are queued now.</summary>
    public bool IsHolding
    {
        get
        {
            lock (sync)
                return released is not null;
        }
    }

    /// <summary>Writes that have passed the gate and are not answered yet.</summary>
    public int InFlight
    {
        get
        {
            lock (sync)
                return inFlight;
        }
    }

    /// <summary>
    /// The time of the current or last hold in <see cref="Stopwatch"/> timestamps; the end of a current hold lies in the
    /// far future, and so does the start where there was no hold.
    /// </summary>
    public (long Start, long End) LastHold
    {
        get
        {
            lock (sync)
                return (holdStart, holdEnd);
        }
    }

    /// <summary>Waits until writes may pass, then counts this one as in flight.</summary>
    public async ValueTask EnterAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task wait;
            lock (sync)
            {
                if (released is null)
                {
                    inFlight++;
                    return;
                }

                wait = released.Task;
            }

            await wait.WaitAsync(cancellation);
        }
    }

    /// <summary>Says that a write which had entered has been answered.</summary>
    public void Exit()
    {
        lock (sync)
        {
            if (--inFlight == 0)
                drained?.TrySetResult();
        }
    }

    /// <summary>
    /// Queues all writes from now on and waits until those under way are answered. Called again, it moves the deadline.
    /// </summary>
    /// <returns>False when the hold ended, by deadline or release, before the last write was answered.</returns>
    public async Task<bool> HoldAsync(TimeSpan deadline, CancellationToken cancellation)
    {
        Task quiet;
        Task end;
        lock (sync)
        {
            if (released is null)
            {
                released = new(TaskCreationOptions.RunContinuationsAsynchronously);
                drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
                (holdStart, holdEnd) = (Stopwatch.GetTimestamp(), long.MaxValue);
                if (inFlight == 0)
                    drained.SetResult();
            }

            deadlineTimer.Change(deadline, Timeout.InfiniteTimeSpan);
            quiet = drained!.Task;
            end = released.Task;
        }

        await Task.WhenAny(quiet, end).WaitAsync(cancellation);
        return quiet.IsCompleted && !end.IsCompleted;
    }

    /// <summary>Lets the queue pass. Without a hold it does nothing.</summary>
    public void Release()
    {
        TaskCompletionSource? queue;
        lock (sync)
        {
            queue = released;
            if (queue is null)
                return;
            (released, drained) = (null, null);
            holdEnd = Stopwatch.GetTimestamp();
            deadlineTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        queue.SetResult();
    }

    /// <inheritdoc />
    public void Dispose() => deadlineTimer.Dispose();
}
