using System.Diagnostics;
using Seidra.Sandbox.Probe;

namespace Seidra.Sandbox.Tests.Probe;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProbeMeterTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seidra-meter");
    private readonly long start = Stopwatch.GetTimestamp();

    public void Dispose() => folder.Delete(recursive: true);

    [Test]
    public void Pause_is_the_longest_gap_while_nothing_was_held()
    {
        var meter = Meter();
        foreach (var at in new[] { 10, 20, 60, 70 })
            meter.WriteAcknowledged(At(at));
        Assert.That((meter.Figures().WritePauseMs, meter.Figures().WritesWereHeld), Is.EqualTo((40.0, false)));
    }

    [Test]
    public void Pause_is_the_gap_around_the_hold_once_there_was_one()
    {
        var meter = Meter(hold: (At(105), At(118)));
        foreach (var at in new[] { 10, 90, 100, 120, 130 })
            meter.WriteAcknowledged(At(at));
        var figures = meter.Figures();
        Assert.That((figures.WritePauseMs, figures.LongestWriteGapMs, figures.WritesWereHeld), Is.EqualTo((20.0, 80.0, true)));
    }

    [Test]
    public void Answers_out_of_order_make_no_gap()
    {
        var meter = Meter();
        foreach (var at in new[] { 10, 30, 20, 40 })
            meter.WriteAcknowledged(At(at));
        Assert.That(meter.Figures().WritePauseMs, Is.EqualTo(20.0));
    }

    [Test]
    public void Downtime_runs_from_the_last_good_read_to_the_next()
    {
        var meter = Meter();
        meter.ReadAnswered(At(10));
        meter.RequestFailed(isRead: true, "GET /", "refused");
        meter.RequestFailed(isRead: true, "GET /", "refused");
        meter.ReadAnswered(At(250));
        meter.ReadAnswered(At(500));
        meter.RequestFailed(isRead: true, "GET /", "refused");
        meter.ReadAnswered(At(560));
        var figures = meter.Figures();
        Assert.That((figures.DowntimeMs, figures.Failed, figures.Reads, figures.Requests), Is.EqualTo((300.0, 3L, 7L, 7L)));
    }

    [Test]
    public void Slow_but_good_reads_are_no_downtime()
    {
        var meter = Meter();
        meter.ReadAnswered(At(10));
        meter.ReadAnswered(At(5000));
        Assert.That(meter.Figures().DowntimeMs, Is.Zero);
    }

    [Test]
    public void Failures_are_kept_with_reason_but_not_without_end()
    {
        var meter = Meter();
        for (var i = 0; i < 100; i++)
            meter.RequestFailed(isRead: false, "POST /api/jobs", $"503 number {i}");
        var figures = meter.Figures();
        Assert.That((figures.Failed, figures.Writes, figures.FirstFailures.Count), Is.EqualTo((100L, 100L, 20)));
        Assert.That(figures.FirstFailures[0], Does.EndWith("POST /api/jobs: 503 number 0"));
    }

    [Test]
    public void Next_life_goes_on_with_figures_and_trusts_the_record_for_acknowledgements()
    {
        var file = Path.Combine(folder.FullName, "figures.json");
        var first = Meter(hold: (At(15), At(50)));
        first.ReadAnswered(At(10));
        first.WriteAcknowledged(At(10));
        first.WriteAcknowledged(At(60));
        first.RequestFailed(isRead: false, "POST /api/jobs", "503");
        first.Save(file);

        // Killed after recording two more writes and before saving.
        var second = new ProbeMeter(ProbeMeter.Load(file), recorded: 4, () => (long.MaxValue, long.MaxValue));
        second.WriteAcknowledged(At(90000));
        second.WriteAcknowledged(At(90200));
        var figures = second.Figures();
        Assert.That((figures.AcknowledgedWrites, figures.Writes, figures.Reads, figures.Failed, figures.Requests), Is.EqualTo((6L, 7L, 1L, 1L, 8L)));
        Assert.That((figures.WritePauseMs, figures.LongestWriteGapMs, figures.WritesWereHeld), Is.EqualTo((50.0, 200.0, true)));
        Assert.That(figures.FirstFailures, Has.Count.EqualTo(1));
    }

    private static ProbeMeter Meter((long Start, long End)? hold = null) => new(null, 0, () => hold ?? (long.MaxValue, long.MaxValue));

    private long At(int milliseconds) => start + (milliseconds * Stopwatch.Frequency / 1000);
}
