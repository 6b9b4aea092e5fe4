namespace Seidra.Database.Tests.Capture;

/// <summary>
/// The property on which everything rests: whoever reads the changed keys again, from the snapshot that came with them, has
/// exactly the state of that snapshot, whatever clients do meanwhile and however often the follower is interrupted.
/// </summary>
public sealed class ExactMomentTests
{
    private const int Writers = 4;
    private const int Reads = 60;
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    [TestCase(CaptureKind.Logical, 1)]
    [TestCase(CaptureKind.Logical, 20)]
    [TestCase(CaptureKind.Triggers, 1)]
    [TestCase(CaptureKind.Triggers, 20)]
    public async Task PostgreSql(CaptureKind kind, int seed)
    {
        using var database = await CapturedDatabase.PostgresAsync();
        await FollowAsync(database, kind, seed);
        await ChangeCapture.RemoveAsync(database.Endpoint);
    }

    [TestCase(true, 1)]
    [TestCase(true, 20)]
    [TestCase(false, 1)]
    [TestCase(false, 20)]
    public async Task Sqlite(bool wal, int seed)
    {
        using var database = CapturedDatabase.Sqlite(wal);
        await FollowAsync(database, CaptureKind.Triggers, seed);
    }

    private static async Task FollowAsync(CapturedDatabase database, CaptureKind kind, int seed)
    {
        using var stop = new CancellationTokenSource();
        var random = new Random(seed);
        var writers = Enumerable.Range(0, Writers).Select(number => new RandomWriter(database, (seed * Writers) + number)).ToList();
        var writing = writers.Select(writer => Task.Run(() => writer.RunAsync(stop.Token))).ToList();
        await Task.Delay(200);
        var capture = await database.FollowAsync(kind);
        var (shadow, reads, seen) = (new Shadow(), 0, 0L);
        await shadow.FillAsync(database);
        stop.CancelAfter(_longest);
        for (var last = false; ;)
        {
            last = writing.TrueForAll(writer => writer.IsCompleted);
            await capture.WaitAsync(TimeSpan.FromMilliseconds(random.Next(100)), CancellationToken.None);
            string position;
            await using (var set = await capture.ReadAsync(CancellationToken.None))
            {
                await shadow.ApplyAsync(set);
                await shadow.AssertSameAsync(set, $"seed {seed}, read {++reads}, position {set.Position}");
                seen += set.Changes;
                position = set.Position;
                if (random.Next(10) < 7)
                    await capture.ConfirmAsync(set, CancellationToken.None);
            }

            if (last)
            {
                await shadow.AssertSameAsync(database, $"seed {seed}, at the end");
                break;
            }

            if (reads == Reads)
                await stop.CancelAsync();
            if (random.Next(15) > 0)
                continue;
            await capture.DisposeAsync();
            capture = await ChangeCapture.OpenAsync(database.Endpoint, CapturedDatabase.Tables, "e1", position);
        }

        await Task.WhenAll(writing);
        await capture.DisposeAsync();
        TestContext.Out.WriteLine($"{reads} reads, {seen} changes, {writers.Sum(writer => writer.Committed)} transactions");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(writers.Select(writer => writer.Committed), Has.All.Positive);
            Assert.That(seen, Is.GreaterThan(writers.Sum(writer => writer.Committed) / 10));
        }
    }
}
