namespace Seidra.Database.Tests.Migration;

/// <summary>A pass over 20,000 rows of which few changed: it runs inside the write freeze, so it may touch those only.</summary>
public sealed class CatchUpWorkTests
{
    private const int Rows = 20_000;
    private const int ChangedRows = 20;

    [TestCase(DatabaseKind.Sqlite, DatabaseKind.Sqlite)]
    [TestCase(DatabaseKind.PostgreSql, DatabaseKind.PostgreSql)]
    public async Task A_pass_touches_what_changed_and_nothing_else(DatabaseKind source, DatabaseKind target)
    {
        using var stage = await Stage.GeneratedAsync(source, target, rows: Rows);
        await stage.MoveAsync();
        await stage.ChangeSourceAsync($"UPDATE jobs SET prompt = 'changed' WHERE id BETWEEN 100 AND {100 + ChangedRows - 1}");

        // Of the changed rows a few stand in quarantine: they are looked at, not moved.
        Assert.That((await stage.MoveAsync()).Changed, Is.InRange(1, ChangedRows));
        Assert.That((await stage.MoveAsync()).Changed, Is.Zero, "nothing has changed since");
    }
}
