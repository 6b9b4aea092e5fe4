using SandboxShape = Seidra.Sandbox.Data.ClassicShape;

namespace Seidra.Database.Tests.Rows;

/// <summary>Generated instances with every oddity, in every shape, on both engines: fast and careful encoding are one.</summary>
public sealed class GeneratedRowsTests
{
    private static IEnumerable<TestCaseData> Classics() =>
        from kind in Enum.GetValues<DatabaseKind>()
        from shape in Enum.GetValues<SandboxShape>()
        select new TestCaseData(kind, shape);

    [TestCaseSource(nameof(Classics))]
    public async Task Rows_come_out_as_by_the_careful_way(DatabaseKind kind, SandboxShape shape)
    {
        using var fixture = await RowsFixture.GeneratedAsync(kind, shape, rows: 2_000);
        var chunks = await fixture.EncodeAsync();
        await using var source = await RowSource.OpenAsync(fixture.Source, CancellationToken.None);
        var knowledge = fixture.Knowledge(source);
        var (rows, taken) = (0, 0);
        foreach (var table in fixture.Plan.Tables.Where(table => table.Derived is null))
        {
            var slow = new SlowEncoder(table, fixture.Plan, fixture.Options, knowledge);
            var fast = FastEncoder.Of(table, fixture.Plan, fixture.Options, knowledge)!;
            var owners = new OwnerMarks(table, fixture.Plan);
            var places = new KeyTracker(table.Binding.Key, new SeenKeys());
            var (chunk, unused) = (new RowChunk(table), new RowChunk(table));
            foreach (var row in source.Read(table, KeyRange.All))
            {
                var (place, placed) = (places.Of(row), chunk.Placed.Count);
                slow.Encode(row, place, chunk);
                if (chunk.Placed.Count > placed)
                    owners.See(row, place.Id!.Value, chunk);
                taken += fast.TryEncode(row, place, unused) ? 1 : 0;
                rows++;
            }

            knowledge.Add(chunk);
            Assert.That(Said.Of(chunks[table.Target]), Is.EqualTo(Said.Of(chunk)), table.Target);
            Assert.That(chunks[table.Target].SourceRows, Is.EqualTo(chunk.Placed.Count + chunk.Aside.Count));
        }

        Assert.That(taken, Is.GreaterThan(rows / 2), "most rows are usual");
    }
}
