using SandboxShape = Seidra.Sandbox.Data.ClassicShape;

namespace Seidra.Database.Tests.Rows;

/// <summary>The encoder makes of every row what the earlier engine made of it, in every shape and on both engines.</summary>
public sealed class EarlierEngineTests
{
    private static IEnumerable<TestCaseData> Classics() =>
        from kind in Enum.GetValues<DatabaseKind>()
        from shape in Enum.GetValues<SandboxShape>()
        from seed in new[] { 1, 2 }
        select new TestCaseData(kind, shape, seed);

    [TestCaseSource(nameof(Classics))]
    public async Task Rows_quarantine_and_notes_are_the_same(DatabaseKind kind, SandboxShape shape, int seed)
    {
        using var fixture = await RowsFixture.GeneratedAsync(kind, shape, rows: 2_000, seed);
        var chunks = await fixture.EncodeAsync();
        var earlier = await EarlierEngine.RunAsync(fixture);
        using (Assert.EnterMultipleScope())
        {
            foreach (var (table, chunk) in chunks)
            {
                Assert.That(Described(chunk).Select(row => $"{row.Key} = {row.Value}"), Is.EqualTo(earlier[table].Rows.Select(row => $"{row.Key} = {row.Value}")), table);
                Assert.That(
                    chunk.Notes.Select(note => $"{note.Key} {note.Column} {note.Reason} {note.Original}").Order(StringComparer.Ordinal),
                    Is.EqualTo(earlier[table].Notes.Where(note => !note.Contains(" retry_of orphan-reference", StringComparison.Ordinal)).Order(StringComparer.Ordinal)),
                    table);
            }
        }
    }

    private static SortedDictionary<string, string> Described(RowChunk chunk)
    {
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var columns = TargetTable.Of(chunk.Table).Columns;
        foreach (var row in chunk.Placed)
            rows[row.Key.ToString()] = EarlierEngine.Text(TupleCodec.Decode(chunk.Tuple(row), columns));
        foreach (var row in chunk.Aside)
            rows[row.Occurrence == 1 ? row.Key : $"{row.Key}#{row.Occurrence}"] = $"{row.Reason}: {row.Detail} {row.Json}";
        return rows;
    }
}
