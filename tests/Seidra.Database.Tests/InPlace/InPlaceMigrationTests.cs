namespace Seidra.Database.Tests.InPlace;

/// <summary>What the migration in place promises on both engines.</summary>
[TestFixture(DatabaseKind.PostgreSql)]
[TestFixture(DatabaseKind.Sqlite)]
public sealed class InPlaceMigrationTests(DatabaseKind kind)
{
    private static readonly InPlaceOptions s_options = new();
    private TempFolder _folder = null!;

    [SetUp]
    public void Make() => _folder = new TempFolder();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public async Task Where_all_is_missing_it_does_what_the_plan_says_and_the_second_run_nothing()
    {
        var classic = await CreateAsync();
        var plan = await InPlaceMigration.PlanAsync(classic);
        var untouched = await InPlaceClassic.CatalogAsync(classic);

        var first = await InPlaceMigration.ApplyAsync(classic, s_options);
        var after = await InPlaceClassic.CatalogAsync(classic);
        var second = await InPlaceMigration.ApplyAsync(classic, s_options);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(untouched, Is.EqualTo(await InPlaceClassic.CatalogAsync(await CreateAsync("other"))), "planning changed nothing");
            Assert.That(plan.Missing.Select(column => column.ToString()), Is.EqualTo(InPlaceClassic.Columns));
            Assert.That(plan.Statements, Is.EqualTo(Expected()));
            Assert.That(first.Added, Is.EqualTo(plan.Missing));
            Assert.That((first.AlreadyThere, first.Tries), Is.EqualTo((Array.Empty<InPlaceColumn>(), 1)));
            Assert.That((second.Added, second.Tries), Is.EqualTo((Array.Empty<InPlaceColumn>(), 0)));
            Assert.That(second.AlreadyThere, Is.EqualTo(plan.Missing));
            Assert.That(await InPlaceClassic.CatalogAsync(classic), Is.EqualTo(after));
        }
    }

    [Test]
    public async Task Old_and_new_rows_have_false_where_the_column_is_a_flag_and_nothing_elsewhere()
    {
        var classic = await CreateAsync();
        await InPlaceMigration.ApplyAsync(classic, s_options);
        await InPlaceClassic.ExecuteAsync(classic, "INSERT INTO jobs (id, user_id, prompt) VALUES (3, 1, 'x'); INSERT INTO media (id) VALUES (2)");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await InPlaceClassic.ScalarAsync(classic, "SELECT count(*) FROM jobs WHERE NOT nsfw_allowed AND retry_of IS NULL"), Is.EqualTo(3));
            Assert.That(await InPlaceClassic.ScalarAsync(classic, "SELECT count(*) FROM media WHERE NOT favorite"), Is.EqualTo(2));
            Assert.That(await InPlaceClassic.ScalarAsync(classic, "SELECT count(*) FROM personas WHERE style_preset IS NULL AND voice_id IS NULL"), Is.EqualTo(1));
            Assert.That(await InPlaceClassic.ScalarAsync(classic, "SELECT prompt FROM jobs WHERE id = 2"), Is.EqualTo("une forêt"));
        }
    }

    [Test]
    public async Task What_somebody_added_already_stays_as_it_is()
    {
        var classic = await CreateAsync();
        await InPlaceClassic.ExecuteAsync(classic, "ALTER TABLE media ADD COLUMN favorite boolean; ALTER TABLE personas ADD COLUMN voice_id varchar(40); ALTER TABLE jobs ADD COLUMN retry_of bigint");

        var result = await InPlaceMigration.ApplyAsync(classic, s_options);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Added.Select(column => column.Name), Is.EqualTo(new[] { "style_preset", "nsfw_allowed" }));
            Assert.That(result.AlreadyThere.Select(column => column.Name), Is.EqualTo(new[] { "voice_id", "retry_of", "favorite" }));
            Assert.That(await InPlaceClassic.ScalarAsync(classic, "SELECT count(*) FROM media WHERE favorite IS NULL"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Everything_that_is_in_the_way_is_named_at_once_and_nothing_is_changed()
    {
        var classic = await CreateAsync();
        await InPlaceClassic.ExecuteAsync(classic, "ALTER TABLE jobs ADD COLUMN nsfw_allowed text; ALTER TABLE personas ADD COLUMN voice_id integer; DROP TABLE media");
        var before = await InPlaceClassic.CatalogAsync(classic);

        var planned = Assert.ThrowsAsync<DatabaseException>(() => InPlaceMigration.PlanAsync(classic));
        var applied = Assert.ThrowsAsync<DatabaseException>(() => InPlaceMigration.ApplyAsync(classic, s_options));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(applied.Problems, Is.EqualTo(new[]
            {
                "personas.voice_id: expected text, found integer.",
                "jobs.nsfw_allowed: expected boolean, found text.",
                "Expected a table by one of the names media, media_items, medias, assets, found none.",
            }));
            Assert.That(planned.Problems, Is.EqualTo(applied.Problems));
            Assert.That(await InPlaceClassic.CatalogAsync(classic), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task Tables_by_other_names_and_keys_that_are_text_are_found_in_the_map()
    {
        var classic = await CreateAsync(script: """
            CREATE TABLE characters (persona_id integer PRIMARY KEY);
            CREATE TABLE generation_jobs (id varchar(36) PRIMARY KEY, prompt text);
            CREATE TABLE assets (id bigint PRIMARY KEY);
            """);

        var result = await InPlaceMigration.ApplyAsync(classic, s_options);

        Assert.That(result.Added.Select(column => column.ToString()), Is.EqualTo(new[]
        {
            "characters.style_preset text", "characters.voice_id text", "generation_jobs.nsfw_allowed boolean",
            kind == DatabaseKind.Sqlite ? "generation_jobs.retry_of varchar(36)" : "generation_jobs.retry_of character varying(36)", "assets.favorite boolean",
        }));
    }

    [Test]
    public async Task A_failure_in_the_middle_leaves_nothing()
    {
        var classic = await CreateAsync();
        var before = await InPlaceClassic.CatalogAsync(classic);

        Assert.That(
            async () => await InPlaceMigration.ApplyAsync(classic, s_options, () => throw new IOException("the middle"), CancellationToken.None),
            Throws.TypeOf<IOException>());

        Assert.That(await InPlaceClassic.CatalogAsync(classic), Is.EqualTo(before));
        Assert.That((await InPlaceMigration.ApplyAsync(classic, s_options)).Added, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Killed_in_the_middle_it_leaves_nothing_and_the_next_run_does_it_all()
    {
        var classic = await CreateAsync();
        var before = await InPlaceClassic.CatalogAsync(classic);
        using var victim = Victim.Start(typeof(InPlaceRole), [classic.Display], PostgresFixture.Server.Password);
        Assert.That(await victim.SaysAsync("in the middle"), Is.True);
        await victim.KillAsync();

        // The server may notice a moment later that nobody is there; until then a try finds the tables locked.
        var result = await InPlaceMigration.ApplyAsync(classic, s_options, () => { }, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Added.Select(column => column.ToString()), Is.EqualTo(InPlaceClassic.Columns), "nothing of the killed run counted");
            Assert.That(before, Does.Not.Contain("favorite"));
        }
    }

    [Test]
    public async Task Two_runs_at_once_add_each_column_once()
    {
        var classic = await CreateAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => InPlaceMigration.ApplyAsync(classic, s_options))));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(results.SelectMany(result => result.Added).Select(column => column.ToString()), Is.EquivalentTo(InPlaceClassic.Columns));
            Assert.That(results, Has.All.Matches<InPlaceResult>(result => result.Added.Count + result.AlreadyThere.Count == 5));
        }
    }

    private Task<DatabaseEndpoint> CreateAsync(string? name = null, string script = InPlaceClassic.Script)
    {
        if (name is not null)
            Directory.CreateDirectory(_folder[name]);
        return name is null || kind == DatabaseKind.PostgreSql
            ? InPlaceClassic.CreateAsync(kind, _folder, script)
            : Task.FromResult(Backup.Samples.CreateSqlite(Path.Combine(_folder[name], "classic.db"), script));
    }

    private string[] Expected() => kind == DatabaseKind.PostgreSql
        ?
        [
            """ALTER TABLE "personas" ADD COLUMN "style_preset" text, ADD COLUMN "voice_id" text""",
            """ALTER TABLE "jobs" ADD COLUMN "nsfw_allowed" boolean DEFAULT false, ADD COLUMN "retry_of" integer""",
            """ALTER TABLE "media" ADD COLUMN "favorite" boolean DEFAULT false""",
        ]
        :
        [
            """ALTER TABLE "personas" ADD COLUMN "style_preset" text""",
            """ALTER TABLE "personas" ADD COLUMN "voice_id" text""",
            """ALTER TABLE "jobs" ADD COLUMN "nsfw_allowed" boolean DEFAULT 0""",
            """ALTER TABLE "jobs" ADD COLUMN "retry_of" integer""",
            """ALTER TABLE "media" ADD COLUMN "favorite" boolean DEFAULT 0""",
        ];
}
