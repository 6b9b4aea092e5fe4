namespace Seidra.Database.Tests.Capture;

/// <summary>Which transactions go with which snapshot; numbers near the turn of their circle.</summary>
public sealed class FeedKeysTests
{
    private FeedKeys _keys = null!;

    [SetUp]
    public void Make()
    {
        _keys = new FeedKeys(
            DatabaseEndpoint.Parse("postgresql://u@h/d"), [(new PostgresTable("t", 5, "public", ["id integer"], 'r', 'p', 'd', ["id"], true), "id")]);
        _keys.Relation("public", "t", 5, ["id"]);
    }

    [Test]
    public void A_transaction_that_the_snapshot_does_not_see_waits_for_the_next()
    {
        Transaction(100, 10, "1");
        _keys.Open();
        Transaction(101, 20, "2");
        Assert.That(_keys.Take(new SnapshotSight("101:101:")), Is.True);
        Transaction(102, 30, "3");
        var (first, start) = Pass(40);
        _keys.Open();
        Assert.That(_keys.Take(new SnapshotSight("103:103:")), Is.True);
        var (second, next) = Pass(50);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Keys(first), Is.EqualTo(["1"]));
            Assert.That(start, Is.EqualTo(10), "transaction 101 must be told again after a crash");
            Assert.That(Keys(second), Is.EqualTo(["2", "3"]));
            Assert.That(next, Is.EqualTo(50));
        }
    }

    [TestCase("100:103:101,100")]
    [TestCase("100:100:")]
    public void A_snapshot_that_does_not_yet_see_what_came_before_it_is_not_used(string sight)
    {
        Transaction(100, 10, "1");
        _keys.Open();
        Assert.That(_keys.Take(new SnapshotSight(sight)), Is.False);
        Assert.That(_keys.Take(new SnapshotSight("104:104:")), Is.True);
        Assert.That(Keys(Pass(20).Batch), Is.EqualTo(["1"]));
    }

    [Test]
    public void A_fence_without_snapshot_takes_nothing()
    {
        Assert.That(Pass(5).Start, Is.EqualTo(5));
        Transaction(100, 10, "1");
        Assert.That(Pass(20).Start, Is.Zero);
        Assert.That(_keys.Something.IsCompleted, Is.True);
        _keys.Open();
        _keys.Take(new SnapshotSight("101:101:"));
        Assert.That(Keys(Pass(30).Batch), Is.EqualTo(["1"]));
    }

    [Test]
    public void A_snapshot_given_up_loses_nothing_even_within_a_transaction()
    {
        _keys.Open();
        _keys.Begin(100, DateTimeOffset.UnixEpoch);
        _keys.Row(5, "1"u8);
        _keys.Take(new SnapshotSight("90:90:"));
        _keys.Row(5, "2"u8);
        _keys.Abandon();
        _keys.Row(5, "3"u8);
        _keys.Commit(10);
        _keys.Open();
        _keys.Take(new SnapshotSight("101:101:"));
        Assert.That(Keys(Pass(20).Batch), Is.EqualTo(["1", "2", "3"]));
    }

    [TestCase("4294967290:4294967295:4294967293", 4294967292u, true)]
    [TestCase("4294967290:4294967295:4294967293", 4294967293u, false)]
    [TestCase("4294967290:4294967300:", 2u, true)]
    [TestCase("4294967290:4294967300:", 4u, false)]
    [TestCase("12884901900:12884901905:12884901903", 14u, true)]
    [TestCase("12884901900:12884901905:12884901903", 15u, false)]
    public void Numbers_count_in_a_circle(string sight, uint xid, bool seen)
    {
        var xids = new XidSet();
        xids.Add(xid);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new SnapshotSight(sight).Sees(xid), Is.EqualTo(seen));
            Assert.That(new SnapshotSight(sight).SeesAll(xids), Is.EqualTo(seen));
        }
    }

    private void Transaction(uint xid, ulong end, string key)
    {
        _keys.Begin(xid, DateTimeOffset.UnixEpoch);
        _keys.Row(5, System.Text.Encoding.UTF8.GetBytes(key));
        _keys.Commit(end);
    }

    private (KeyBatch Batch, ulong Start) Pass(ulong end)
    {
        var fence = new Fence();
        _keys.Await(fence);
        _keys.Begin(1, DateTimeOffset.UnixEpoch);
        _keys.Message(Fence.Prefix, fence.Content);
        _keys.Commit(end);
        Assert.That(fence.Reached.Task.IsCompletedSuccessfully, Is.True);
        return fence.Reached.Task.Result;
    }

    private static string[] Keys(KeyBatch batch) => [.. batch.ToSet("", null!).Keys.Values.SelectMany(keys => keys).Select(key => key.ToString()).Order(StringComparer.Ordinal)];
}
