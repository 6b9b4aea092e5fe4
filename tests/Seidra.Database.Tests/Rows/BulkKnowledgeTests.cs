namespace Seidra.Database.Tests.Rows;

/// <summary>What the bulk copy knows of rows before it reads them.</summary>
public sealed class BulkKnowledgeTests
{
    private const string Tables = """
        CREATE TABLE users (id, username, email, hashed_password);
        CREATE TABLE personas (id INTEGER PRIMARY KEY, user_id, name);
        CREATE TABLE jobs (id INTEGER PRIMARY KEY, user_id, prompt);
        CREATE TABLE media (id INTEGER PRIMARY KEY, user_id, job_id, path);
        """;

    [Test]
    public async Task The_lowest_key_keeps_a_name_in_whatever_order_rows_come()
    {
        // Without an index, and as text and as numbers: the engine's order is not the order of keys.
        using var fixture = await RowsFixture.ScriptedAsync(DatabaseKind.Sqlite, Tables + """
            INSERT INTO users VALUES
              (12, 'a', 'a@x.fr', 'h'), ('7', 'a', 'A@x.fr ', 'h'), (30, 'b', 'b@x.fr', 'h'), (8, 'a-classic-12', 'c@x.fr', 'h'),
              (9, 'demo', 'demo@x.fr', 'h'), (40, 'demo', NULL, 'h'), (41, 'demo', 'd@x.fr', 'h');
            """);
        await using var source = await RowSource.OpenAsync(fixture.Source, CancellationToken.None);
        var knowledge = fixture.Knowledge(source);
        string? Name(string column, long key) => knowledge.Renamed("users", column, new KeyId(key, null));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Name("username", 7), Is.Null);
            Assert.That(Name("username", 12), Is.EqualTo("a-classic-12-2"), "somebody wants the first variant");
            Assert.That(Name("username", 8), Is.Null);
            Assert.That(Name("email", 12), Is.EqualTo("a+classic-12@x.fr"));
            Assert.That(Name("email", 7), Is.Null);
            Assert.That(knowledge.IsDemo(new KeyId(9, null)), Is.True);
            Assert.That(knowledge.IsDemo(new KeyId(40, null)), Is.False);
            Assert.That(knowledge.Number("users", 9, out var moved), Is.EqualTo(1));
            Assert.That(moved, Is.True);
            Assert.That(Name("username", 40), Is.EqualTo("demo-classic-40"));
            Assert.That(Name("username", 41), Is.EqualTo("demo-classic-41"));
        }
    }

    [Test]
    public async Task Numbers_that_cannot_stay_go_above_all_others_and_never_twice()
    {
        using var fixture = await RowsFixture.ScriptedAsync(DatabaseKind.Sqlite, Tables);
        var knowledge = new BulkKnowledge(fixture.Plan);
        knowledge.Number("users", new Dictionary<long, long> { [-3] = 5_001, [5] = 1 }, [17], 4_000);
        long Of(long number) => knowledge.Number("users", number, out _);
        var (first, again) = (Of(0), Of(0));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Of(-3), Is.EqualTo(5_001), "as in an earlier run");
            Assert.That(Of(5), Is.EqualTo(5), "who was the demo account then is asked anew");
            Assert.That(Of(2), Is.EqualTo(2));
            Assert.That(new[] { Of(0), Of(1), Of(17), Of(5_001), Of(1L << 40), Of(long.MinValue) }, Is.Unique.And.All.GreaterThan(5_001));
            Assert.That(again, Is.EqualTo(first));
            Assert.That(knowledge.Number("personas", 1, out var isMoved), Is.EqualTo(1));
            Assert.That(isMoved, Is.False);
        }
    }

    [Test]
    public async Task Two_workers_add_while_others_look()
    {
        var keys = new SharedKeys();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            for (var number = worker; number < 400_000; number += 4)
            {
                keys.Add(new KeyId(number, null));
                Assert.That(keys.Contains(new KeyId(number, null)), Is.True);
            }

            keys.Add(new KeyId(-worker - 1, null));
            keys.Add(new KeyId(0, $"text {worker}"));
        })));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Enumerable.Range(0, 400_000).Where(number => !keys.Contains(new KeyId(number, null))), Is.Empty);
            Assert.That(keys.Contains(new KeyId(400_000, null)), Is.False);
            Assert.That(Enumerable.Range(1, 4).All(number => keys.Contains(new KeyId(-number, null))), Is.True);
            Assert.That(keys.Contains(new KeyId(0, "text 3")), Is.True);
            Assert.That(keys.Contains(new KeyId(0, "text 4")), Is.False);
        }
    }

    [Test]
    public async Task What_became_of_a_chunk_s_rows_is_known()
    {
        using var fixture = await RowsFixture.ScriptedAsync(DatabaseKind.Sqlite, Tables);
        var knowledge = new BulkKnowledge(fixture.Plan);
        var chunk = new RowChunk(fixture.Table("users"));
        chunk.Place(new KeyId(5, null), [0, 0], isDemo: false);
        chunk.Aside.Add(new AsideRow("6", 1, Reasons.TooLong, "", "{}", null));
        chunk.Aside.Add(new AsideRow("5", 2, Reasons.DuplicateKey, "", "{}", null));
        chunk.Aside.Add(new AsideRow("NULL", 1, Reasons.MissingKey, "", "{}", null));
        knowledge.Add(chunk);
        Placement Of(KeyId key) => knowledge.Find("users", key);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Of(new KeyId(5, null)), Is.EqualTo(Placement.Placed), "the first row of the key is");
            Assert.That(Of(new KeyId(6, null)), Is.EqualTo(Placement.Aside));
            Assert.That(Of(new KeyId(7, null)), Is.EqualTo(Placement.Unknown));
            Assert.That(Of(new KeyId(0, "NULL")), Is.EqualTo(Placement.Unknown));
        }
    }
}
