using SandboxShape = Seidra.Sandbox.Data.ClassicShape;

namespace Seidra.Database.Tests.Copy;

/// <summary>Generated instances with every oddity, in every shape, on every pair of engines.</summary>
public sealed class BulkCopyTests
{
    private static IEnumerable<TestCaseData> Pairs() =>
        from source in Enum.GetValues<DatabaseKind>()
        from target in Enum.GetValues<DatabaseKind>()
        from shape in Enum.GetValues<SandboxShape>()
        select new TestCaseData(source, target, shape);

    [TestCaseSource(nameof(Pairs))]
    public async Task Every_row_is_placed_or_aside_and_read_back_as_it_was_sent(DatabaseKind source, DatabaseKind target, SandboxShape shape)
    {
        using var stage = await CopyStage.GeneratedAsync(source, target, shape);
        var schema = await SchemaAsync(stage);
        var first = await stage.CopyAsync();
        var before = await stage.FingerprintAsync();
        var second = await stage.CopyAsync();
        await stage.AssertProvenAsync(first);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Tables.Where(table => table.Name != "nsfw_settings" || shape >= SandboxShape.UltimateOlder).Sum(table => table.SourceRows), Is.EqualTo(stage.Stage.Inventory!.Rows));
            Assert.That(first.Tables.Sum(table => table.ChunksNow), Is.GreaterThan(15), "or nothing was cut into chunks");
            Assert.That(second.RowsNow, Is.Zero);
            Assert.That(second.Tables.Select(table => table.Proof), Is.EqualTo(first.Tables.Select(table => table.Proof)));
            Assert.That(await stage.FingerprintAsync(), Is.EqualTo(before));
            Assert.That(await SchemaAsync(stage), Is.EqualTo(schema), "every index and key is the one that was there");
        }
    }

    [TestCase(DatabaseKind.Sqlite)]
    [TestCase(DatabaseKind.PostgreSql)]
    public async Task Both_engines_hold_the_same_rows(DatabaseKind source)
    {
        using var stage = await CopyStage.GeneratedAsync(source, DatabaseKind.PostgreSql);
        using var other = await CopyStage.GeneratedAsync(source, DatabaseKind.Sqlite);
        var proofs = (await stage.CopyAsync()).Tables.Select(table => table.Proof);
        Assert.That((await other.CopyAsync()).Tables.Select(table => table.Proof), Is.EqualTo(proofs));
    }

    [Test]
    public async Task Streams_and_the_cut_make_no_difference()
    {
        using var stage = await CopyStage.GeneratedAsync(DatabaseKind.Sqlite, DatabaseKind.PostgreSql);
        using var other = await CopyStage.GeneratedAsync(DatabaseKind.Sqlite, DatabaseKind.PostgreSql);
        stage.Options = CopyStage.OptionsOf(CopyStage.Tuning with { Streams = 4, ChunkRows = 7 });
        other.Options = CopyStage.OptionsOf(CopyStage.Tuning with { Streams = 1, ChunkRows = 100_000, BareRows = long.MaxValue });
        var proofs = (await stage.CopyAsync()).Tables.Select(table => table.Proof);
        Assert.That((await other.CopyAsync()).Tables.Select(table => table.Proof), Is.EqualTo(proofs));
    }

    [TestCase(DatabaseKind.Sqlite)]
    [TestCase(DatabaseKind.PostgreSql)]
    public async Task Rows_of_Ultimates_own_stay_as_they_are(DatabaseKind target)
    {
        using var stage = await CopyStage.GeneratedAsync(DatabaseKind.Sqlite, target, SandboxShape.ClassicEnriched);
        await DemoAccount.EnsureAsync(stage.Target);
        await DemoAccount.SetPasswordAsync(stage.Target, "demo", "A-long-enough-one-1");
        var account = await stage.Stage.TargetAsync("SELECT hashed_password FROM users WHERE id = 1");
        var result = await stage.CopyAsync();
        await stage.AssertProvenAsync(result);
        Assert.That(await stage.Stage.TargetAsync("SELECT hashed_password FROM users WHERE id = 1"), Is.EqualTo(account));
        await stage.ResetAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await stage.Stage.TargetAsync("SELECT hashed_password FROM users"), Is.EqualTo(account), "a new start leaves it too");
            Assert.That(await stage.Stage.TargetValueAsync("SELECT count(*) FROM media_items"), Is.EqualTo("0"));
        }

        Assert.That((await stage.CopyAsync()).Tables.Select(table => table.Proof), Is.EqualTo(result.Tables.Select(table => table.Proof)));
    }

    [TestCase(DatabaseKind.Sqlite)]
    [TestCase(DatabaseKind.PostgreSql)]
    public async Task Rows_of_somebody_else_are_refused_before_anything_changes(DatabaseKind target)
    {
        using var stage = await CopyStage.GeneratedAsync(DatabaseKind.Sqlite, target, rows: 400);
        await stage.Stage.ChangeTargetAsync("INSERT INTO users (id, username, email, hashed_password) VALUES (77, 'neuf', 'neuf@exemple.fr', 'h')");
        var schema = await SchemaAsync(stage);
        var error = Assert.ThrowsAsync<DatabaseException>(() => stage.CopyAsync());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error!.Problems, Is.EqualTo(new[] { "users: 1 rows" }));
            Assert.That(await SchemaAsync(stage), Is.EqualTo(schema));
            Assert.That((await DatabaseCatalog.ReadAsync(stage.Target, CancellationToken.None)).Keys, Has.None.StartsWith("seidra_"));
        }
    }

    [Test]
    public async Task The_next_registration_gets_a_free_number()
    {
        using var stage = await CopyStage.GeneratedAsync(DatabaseKind.Sqlite, DatabaseKind.PostgreSql, rows: 400);
        await stage.CopyAsync();
        var highest = long.Parse((await stage.Stage.TargetValueAsync("SELECT max(id) FROM users"))!);
        await stage.Stage.ChangeTargetAsync("INSERT INTO users (username, email, hashed_password) VALUES ('neuf', 'neuf@exemple.fr', 'h')");
        Assert.That(await stage.Stage.TargetValueAsync("SELECT id FROM users WHERE username = 'neuf'"), Is.EqualTo((highest + 1).ToString()));
    }

    [Test]
    public async Task Rows_of_another_plan_are_refused_until_a_new_start()
    {
        using var stage = await CopyStage.GeneratedAsync(DatabaseKind.Sqlite, DatabaseKind.PostgreSql, rows: 400);
        await stage.CopyAsync();
        var other = await stage.Stage.PlanAsync(new PlanOptions { DemoUsername = "guest" });
        Assert.That(await BulkCopy.IsOfAnotherPlanAsync(stage.Target, other), Is.True);
        Assert.ThrowsAsync<DatabaseException>(() => BulkCopy.RunAsync(stage.Stage.Source, stage.Target, other, stage.Options));
        await BulkCopy.ResetAsync(stage.Target, other, stage.Options);
        await stage.AssertProvenAsync(await BulkCopy.RunAsync(stage.Stage.Source, stage.Target, other, stage.Options));
    }

    private static async Task<IReadOnlyList<string?>> SchemaAsync(CopyStage stage) => stage.Target.Kind == DatabaseKind.Sqlite
        ? await stage.Stage.TargetAsync("SELECT sql FROM sqlite_master WHERE name NOT LIKE '%seidra%' ORDER BY name")
        : await stage.Stage.TargetAsync(
            """
            SELECT definition FROM (
              SELECT indexdef AS definition FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'seidra%'
              UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated FROM pg_constraint
              WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE 'seidra%') all_of_it ORDER BY 1
            """);
}
