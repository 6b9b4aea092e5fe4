using System.Globalization;

namespace Seidra.Database.Tests.Rows;

/// <summary>What the earlier engine makes of a Classic, as text by key.</summary>
internal static class EarlierEngine
{
    public sealed record Outcome(SortedDictionary<string, string> Rows, List<string> Notes);

    public static async Task<IReadOnlyDictionary<string, Outcome>> RunAsync(RowsFixture fixture)
    {
        await using var snapshot = await SourceSnapshot.OpenAsync(fixture.Source, CancellationToken.None);
        await using var source = await RowSource.OpenAsync(fixture.Source, CancellationToken.None);
        var run = new MigrationRun(fixture.Plan, fixture.Options);
        var outcomes = new Dictionary<string, Outcome>();
        foreach (var table in fixture.Plan.Tables.Where(table => table.Derived is null))
        {
            var identity = run.Identities[table.Target] = new TableIdentity(table.Rule, new Dictionary<long, long>(), [], RowsFixture.Highest(source, table));
            // Whether the row that an extra names is there is not asked any more.
            identity.All = new KeySet();
            foreach (var (row, extra) in source.Read(table, KeyRange.All).SelectMany(row => table.Binding.Extras.Select(extra => (row, extra))))
            {
                if (KeyId.Of(row[extra.Ordinal]) is { } id)
                    identity.All.Add(id);
            }

            outcomes[table.Target] = await RunAsync(snapshot, table, run, identity);
        }

        return outcomes;
    }

    public static string Text(object?[] values) => string.Join(" | ", values.Select(value => value switch
    {
        null => "∅",
        DateTime moment => moment.ToString("O", CultureInfo.InvariantCulture),
        double number => $"{(number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture)}f",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    }));

    private static async Task<Outcome> RunAsync(ISourceSnapshot snapshot, TablePlan table, MigrationRun run, TableIdentity identity)
    {
        var (resolver, transformer) = (new RowResolver(table, run), new RowTransformer(table, run));
        var outcome = new Outcome(new SortedDictionary<string, string>(StringComparer.Ordinal), []);
        await foreach (var row in snapshot.ReadAsync(table, CancellationToken.None))
        {
            var facts = resolver.Resolve(row);
            var values = transformer.Transform(row, facts);
            outcome.Rows[facts.Order.Display] = values is null ? $"{facts.Verdict.Reason}: {facts.Verdict.Detail} {transformer.Describe(row)}" : Text(values);
            outcome.Notes.AddRange(facts.Verdict.Notes.Select(note => $"{facts.Order.Display} {note.Column} {note.Reason} {note.Original}"));
            if (facts.Id is { } id)
                (values is null ? identity.Quarantined : identity.Placed).Add(id);
        }

        return outcome;
    }
}
