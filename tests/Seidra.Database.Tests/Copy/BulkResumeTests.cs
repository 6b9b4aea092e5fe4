namespace Seidra.Database.Tests.Copy;

/// <summary>Classic goes on living between two runs: what is copied later fits what was copied before.</summary>
public sealed class BulkResumeTests
{
    private const string Classic = """
        CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT, email TEXT, hashed_password TEXT, created_at TEXT);
        CREATE TABLE personas (id INTEGER PRIMARY KEY, user_id INTEGER, name TEXT, created_at TEXT);
        CREATE TABLE jobs (id INTEGER PRIMARY KEY, user_id INTEGER, persona_id INTEGER, prompt TEXT, nsfw_allowed INTEGER, created_at TEXT);
        CREATE TABLE media (id INTEGER PRIMARY KEY, user_id INTEGER, job_id INTEGER, file_path TEXT, created_at TEXT);
        INSERT INTO users SELECT n, 'user' || n, 'user' || n || '@exemple.fr', 'h', '2023-01-01' FROM (VALUES_OF_N) v;
        INSERT INTO personas SELECT n, n, 'persona ' || n, '2023-01-01' FROM (VALUES_OF_N) v;
        INSERT INTO jobs SELECT n, n, n, 'prompt ' || n, n % 3, '2023-01-01' FROM (VALUES_OF_N) v;
        INSERT INTO media SELECT n, n, n, 'a/' || n || '.png', '2023-01-01' FROM (VALUES_OF_N) v;
        """;

    private static string Script(DatabaseKind kind) => Classic.Replace(
        "VALUES_OF_N",
        kind == DatabaseKind.PostgreSql ? "SELECT generate_series(2, 201) AS n" : "WITH RECURSIVE g(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM g WHERE n < 201) SELECT n FROM g",
        StringComparison.Ordinal);

    private static IEnumerable<TestCaseData> Pairs() =>
        from source in Enum.GetValues<DatabaseKind>()
        from target in Enum.GetValues<DatabaseKind>()
        select new TestCaseData(source, target);

    [TestCaseSource(nameof(Pairs))]
    public async Task Nothing_points_to_a_parent_that_came_after_its_table_was_copied(DatabaseKind source, DatabaseKind target)
    {
        using var stage = await CopyStage.ScriptedAsync(source, target, Script(source));
        await StopAfterAsync(stage, "personas");
        await stage.Stage.ChangeSourceAsync(
            """
            INSERT INTO users VALUES (150000, 'neuf', 'neuf@exemple.fr', 'h', '2023-01-01');
            INSERT INTO jobs VALUES (900, 150000, NULL, 'p', 1, '2023-01-01'), (901, 7, 7, 'p', 1, '2023-01-01');
            DELETE FROM personas WHERE id = 8;
            """);
        var result = await stage.CopyAsync();
        await stage.AssertProvenAsync(result);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await stage.Stage.TargetAsync("SELECT id FROM users WHERE username = 'neuf'"), Is.Empty, "the feed brings it");
            Assert.That(await stage.Stage.TargetAsync("SELECT waits_for FROM seidra_cutover_quarantine WHERE table_name = 'generation_jobs'"), Is.EqualTo(new[] { "users/150000" }));
            Assert.That(await stage.Stage.TargetValueAsync("SELECT count(*) FROM generation_jobs WHERE user_id = 7"), Is.EqualTo("2"));
            Assert.That(await stage.Stage.TargetValueAsync("SELECT count(*) FROM generation_jobs WHERE user_id = 8 AND persona_id IS NULL"), Is.EqualTo("1"), "a persona that is gone in Classic is known no more");
            Assert.That(result.Tables.Single(table => table.Name == "personas").ChunksNow, Is.Zero);
        }
    }

    [TestCaseSource(nameof(Pairs))]
    public async Task Names_that_changed_hands_between_two_runs_make_their_table_start_anew(DatabaseKind source, DatabaseKind target)
    {
        using var stage = await CopyStage.ScriptedAsync(source, target, Script(source));
        await StopAfterAsync(stage, "users", chunks: 2);
        // The first of them is copied with the name that the second one has now.
        await stage.Stage.ChangeSourceAsync(
            """
            UPDATE users SET username = 'autre', email = 'autre@exemple.fr' WHERE id = 2;
            UPDATE users SET username = 'user2', email = 'user2@exemple.fr' WHERE id = 201;
            """);
        var result = await stage.CopyAsync();
        await stage.AssertProvenAsync(result);
        Assert.That(await stage.Stage.TargetAsync("SELECT username FROM users WHERE id IN (2, 201) ORDER BY id"), Is.EqualTo(new[] { "autre", "user2" }));
    }

    [TestCaseSource(nameof(Pairs))]
    public async Task Rows_without_a_key_of_their_own_are_placed_once(DatabaseKind source, DatabaseKind target)
    {
        var script = Script(source).Replace("CREATE TABLE jobs (id INTEGER PRIMARY KEY", "CREATE TABLE jobs (id INTEGER", StringComparison.Ordinal)
            + "INSERT INTO jobs VALUES (7, 3, 3, 'again', 0, '2023-01-01'), (7, 4, 4, 'and again', 0, '2023-01-01'), (NULL, 4, 4, 'nobody', 0, '2023-01-01');";
        using var stage = await CopyStage.ScriptedAsync(source, target, script);
        await StopAfterAsync(stage, "generation_jobs", chunks: 1);
        await stage.AssertProvenAsync(await stage.CopyAsync());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await stage.Stage.TargetAsync("SELECT reason FROM seidra_cutover_quarantine WHERE table_name = 'generation_jobs' ORDER BY reason"), Is.EqualTo(new[] { "duplicate-key", "duplicate-key", "missing-key" }));
            Assert.That(await stage.Stage.TargetValueAsync("SELECT count(*) FROM media_items"), Is.EqualTo("200"));
        }
    }

    /// <summary>Ends a copy when a table has so many chunks (or all), as Ctrl+C would.</summary>
    private static async Task StopAfterAsync(CopyStage stage, string table, int chunks = int.MaxValue)
    {
        var plan = await stage.PlanAsync();
        var before = plan.Tables.TakeWhile(other => other.Target != table).Sum(other => other.Rows);
        var enough = before + Math.Min(plan.Tables.First(other => other.Target == table).Rows, chunks * (long)stage.Options.Bulk.ChunkRows);
        using var stop = new CancellationTokenSource();
        var options = stage.Options;
        // One stream and one chunk at a time, so that the count tells where it is.
        stage.Options = CopyStage.OptionsOf(options.Bulk with { Streams = 1, OnChunk = rows => { if (rows >= enough) stop.Cancel(); } });
        Assert.That(async () => await stage.CopyAsync(cancel: stop.Token), Throws.InstanceOf<OperationCanceledException>());
        stage.Options = options;
    }
}
