using System.Diagnostics;
using Seidra.Sandbox.Door;

namespace Seidra.Sandbox.Tests.Door;

public class WriteGateTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Test]
    public async Task Hold_waits_for_the_writes_under_way_and_queues_the_next()
    {
        using var gate = new WriteGate();
        await gate.EnterAsync(default);
        var hold = gate.HoldAsync(Long, default);
        var queued = gate.EnterAsync(default).AsTask();
        await Task.Delay(50);
        Assert.That((hold.IsCompleted, queued.IsCompleted, gate.InFlight), Is.EqualTo((false, false, 1)));

        gate.Exit();
        Assert.That(await hold, Is.True);
        Assert.That((queued.IsCompleted, gate.IsHolding, gate.InFlight), Is.EqualTo((false, true, 0)));

        gate.Release();
        await queued;
        Assert.That((gate.IsHolding, gate.InFlight), Is.EqualTo((false, 1)));
    }

    [Test]
    public async Task Hold_ends_by_itself_at_its_deadline()
    {
        using var gate = new WriteGate();
        var watch = Stopwatch.StartNew();
        Assert.That(await gate.HoldAsync(TimeSpan.FromMilliseconds(200), default), Is.True);
        await gate.EnterAsync(default);
        Assert.That(watch.ElapsedMilliseconds, Is.GreaterThanOrEqualTo(190));
        Assert.That(gate.IsHolding, Is.False);
    }

    [Test]
    public async Task Hold_says_so_when_a_write_outlasts_the_deadline()
    {
        using var gate = new WriteGate();
        await gate.EnterAsync(default);
        Assert.That(await gate.HoldAsync(TimeSpan.FromMilliseconds(100), default), Is.False);
        Assert.That(gate.IsHolding, Is.False);
    }

    [Test]
    public async Task Second_hold_moves_the_deadline()
    {
        using var gate = new WriteGate();
        await gate.HoldAsync(TimeSpan.FromMilliseconds(150), default);
        await gate.HoldAsync(Long, default);
        await Task.Delay(400);
        Assert.That(gate.IsHolding, Is.True);
    }

    [Test]
    public async Task Deadline_of_an_ended_hold_does_not_end_the_next()
    {
        using var gate = new WriteGate();
        await gate.HoldAsync(TimeSpan.FromMilliseconds(150), default);
        gate.Release();
        await gate.HoldAsync(Long, default);
        await Task.Delay(400);
        Assert.That(gate.IsHolding, Is.True);
    }

    [Test]
    public async Task Client_that_goes_away_leaves_the_queue()
    {
        using var gate = new WriteGate();
        await gate.HoldAsync(Long, default);
        using var gone = new CancellationTokenSource(50);
        Assert.That(async () => await gate.EnterAsync(gone.Token), Throws.InstanceOf<OperationCanceledException>());
        gate.Release();
        Assert.That(gate.InFlight, Is.Zero);
    }

    [Test]
    public async Task Many_writers_and_holds_never_meet()
    {
        using var gate = new WriteGate();
        using var end = new CancellationTokenSource();
        var inside = 0;
        async Task WriteAsync()
        {
            while (!end.IsCancellationRequested)
            {
                await gate.EnterAsync(default);
                Interlocked.Increment(ref inside);
                await Task.Yield();
                Interlocked.Decrement(ref inside);
                gate.Exit();
            }
        }

        var writers = Enumerable.Range(0, 8).Select(_ => Task.Run(WriteAsync)).ToList();
        for (var hold = 0; hold < 200; hold++)
        {
            Assert.That(await gate.HoldAsync(Long, default), Is.True);
            Assert.That((Volatile.Read(ref inside), gate.InFlight), Is.EqualTo((0, 0)), $"hold {hold}");
            gate.Release();
        }

        await end.CancelAsync();
        await Task.WhenAll(writers);
    }
}
