using SandboxShape = Seidra.Sandbox.Data.ClassicShape;

namespace Seidra.Database.Tests.Migration;

/// <summary>Generated instances with every oddity, in every shape, on every pair of engines.</summary>
public sealed class GeneratedClassicTests
{
    private static IEnumerable<TestCaseData> Pairs() =>
        from source in Enum.GetValues<DatabaseKind>()
        from target in Enum.GetValues<DatabaseKind>()
        from shape in Enum.GetValues<SandboxShape>()
        select new TestCaseData(source, target, shape);

    [TestCaseSource(nameof(Pairs))]
    public async Task Every_row_is_placed_or_in_quarantine_and_equal_on_both_sides(DatabaseKind source, DatabaseKind target, SandboxShape shape)
    {
        using var stage = await Stage.GeneratedAsync(source, target, shape, rows: 1_000);
        var result = await stage.MoveAsync();
        var verified = await stage.VerifyAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(verified.Differences, Is.Empty);
            Assert.That((await UltimateSchema.VerifyAsync(stage.Target)).Differences, Is.Empty, "the ledger's tables are no drift");
            Assert.That(verified.Tables, Is.EqualTo(result.Tables));
            Assert.That(result.Tables, Has.All.Matches<TableCheck>(table => table.ChecksumEqual && table.SourceRows == table.MigratedRows + table.QuarantinedRows));
            Assert.That(result.Tables.Where(table => table.Name != "nsfw_settings" || shape >= SandboxShape.UltimateOlder).Sum(table => table.SourceRows), Is.EqualTo(stage.Inventory!.Rows));
            Assert.That(await stage.TargetAsync("SELECT username FROM users WHERE id = 1 AND username <> 'demo'"), Is.Empty, "id 1 belongs to the demo account");
            Assert.That(await stage.TargetAsync("SELECT id FROM users WHERE username = 'demo' AND id <> 1"), Is.Empty);
            Assert.That(await stage.TargetAsync("SELECT id FROM generation_jobs WHERE status NOT IN ('pending', 'completed', 'failed', 'cancelled')"), Is.Empty);
        }
    }

    [TestCaseSource(nameof(Pairs))]
    public async Task A_second_pass_changes_nothing(DatabaseKind source, DatabaseKind target, SandboxShape shape)
    {
        using var stage = await Stage.GeneratedAsync(source, target, shape);
        var first = await stage.MoveAsync();
        var before = await stage.FingerprintAsync();
        var second = await stage.MoveAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Changed, Is.GreaterThan(0));
            Assert.That(second.Changed, Is.Zero);
            Assert.That(second.Tables, Is.EqualTo(first.Tables));
            Assert.That(await stage.FingerprintAsync(), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task The_quarantine_names_the_reasons_that_the_generator_counted()
    {
        using var stage = await Stage.GeneratedAsync(DatabaseKind.Sqlite, DatabaseKind.PostgreSql, rows: 4_000);
        var result = await stage.MoveAsync();
        var oddities = stage.Inventory!.Oddities;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.QuarantinedByReason["nul-byte"], Is.EqualTo(oddities["personas.description.nul"] + oddities["jobs.prompt.nul"]));
            Assert.That(result.QuarantinedByReason["invalid-utf8"], Is.EqualTo(oddities["personas.name.notUtf8"] + oddities["jobs.prompt.notUtf8"]));
            Assert.That(result.NotesByReason["status-settled"], Is.LessThanOrEqualTo(oddities["jobs.status.processing"]).And.GreaterThan(0));
            Assert.That(result.NotesByReason["name-taken"], Is.EqualTo(oddities["users.email.caseTwin"]));
        }
    }
}
