using Npgsql;
using Seidra.Sandbox.Machines;

namespace Seidra.Database.Tests.Copy;

/// <summary>What goes wrong on the way to a real server either passes, or ends in words and goes on with the same command.</summary>
public sealed class BulkFaultTests
{
    private readonly List<string> _log = [];

    [SetUp]
    public void Forget() => _log.Clear();

    [TestCase(DatabaseKind.Sqlite)]
    [TestCase(DatabaseKind.PostgreSql)]
    public async Task Cut_connections_cost_their_chunks_only(DatabaseKind source)
    {
        using var stage = await CopyStage.GeneratedAsync(source, DatabaseKind.PostgreSql, rows: 2_000);
        var cuts = 0;
        using var killer = new NpgsqlConnection(PostgresFixture.Server.ConnectionString("postgres"));
        await killer.OpenAsync();
        stage.Options = Logged(CopyStage.Tuning with
        {
            OnChunk = rows =>
            {
                if (rows / 300 <= cuts || cuts == 5)
                    return;
                cuts++;
                using var kill = new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = ANY($1) AND application_name = 'seidra-cutover'", killer);
                kill.Parameters.Add(new() { Value = new[] { stage.Target.Database, stage.Stage.Source.Database } });
                kill.ExecuteNonQuery();
            },
        });
        var result = await stage.CopyAsync();
        await stage.AssertProvenAsync(result);
        Assert.That(_log, Has.Some.Contains("tried again"));
        await AssertSameAsUncutAsync(stage, source, 2_000);
    }

    [Test]
    public async Task A_server_that_dies_in_mid_copy_and_comes_back_ends_with_every_row_once()
    {
        using var folder = new TempFolder();
        await using var server = await LocalPostgres.StartAsync(folder["pg"]);
        await server.CreateDatabaseAsync("ultimate");
        var target = DatabaseEndpoint.Parse(server.Url("ultimate"), server.Password);
        await UltimateSchema.CreateAsync(target);
        using var stage = await CopyStage.GeneratedAsync(DatabaseKind.Sqlite, DatabaseKind.Sqlite, rows: 2_000);
        Task? restart = null;
        stage.Options = Logged(CopyStage.Tuning with
        {
            OnChunk = rows => restart ??= rows < 800 ? null : Task.Run(async () =>
            {
                await server.KillAsync();
                await server.RestartAsync();
            }),
        });
        var result = await stage.CopyAsync(target);
        await restart!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_log, Has.Some.Contains("tried again"));
            Assert.That(await TargetReader.DifferencesAsync(target, await stage.PlanAsync(), result, CancellationToken.None), Is.Empty);
            Assert.That((await UltimateSchema.VerifyAsync(target)).Differences, Is.Empty);
            Assert.That((await stage.CopyAsync()).Tables.Select(table => table.Proof), Is.EqualTo(result.Tables.Select(table => table.Proof)));
        }
    }

    [Test]
    public async Task A_commit_whose_answer_is_lost_counts_once()
    {
        using var stage = await CopyStage.GeneratedAsync(DatabaseKind.Sqlite, DatabaseKind.PostgreSql, rows: 2_000);
        using var proxy = new CuttingProxy(PostgresFixture.Server.Port, every: 9);
        stage.Options = Logged(CopyStage.Tuning);
        var target = DatabaseEndpoint.Parse($"{PostgresFixture.Server.Url(stage.Target.Database).Replace($":{PostgresFixture.Server.Port}/", $":{proxy.Port}/", StringComparison.Ordinal)}?sslmode=disable", PostgresFixture.Server.Password);
        var result = await stage.CopyAsync(target);
        Assert.That(proxy.Cuts, Is.GreaterThan(2));
        await stage.AssertProvenAsync(result);
        await AssertSameAsUncutAsync(stage, DatabaseKind.Sqlite, 2_000);
    }

    [TestCase("40P01")]
    [TestCase("40001")]
    [TestCase("57014")]
    public async Task Errors_that_pass_are_tried_again(string state)
    {
        using var stage = await CopyStage.GeneratedAsync(DatabaseKind.Sqlite, DatabaseKind.PostgreSql);
        await stage.Stage.ChangeTargetAsync(Refusal(state, "nextval('refusals') % 90 = 0"));
        stage.Options = Logged(CopyStage.Tuning);
        var result = await stage.CopyAsync();
        await stage.AssertProvenAsync(result);
        Assert.That(_log, Has.Some.Contains("tried again"));
    }

    [Test]
    public async Task Errors_that_do_not_pass_end_in_words_and_the_same_command_goes_on()
    {
        using var stage = await CopyStage.GeneratedAsync(DatabaseKind.Sqlite, DatabaseKind.PostgreSql);
        await stage.Stage.ChangeTargetAsync(Refusal("53100", "nextval('refusals') > 100"));
        var error = Assert.ThrowsAsync<DatabaseException>(() => stage.CopyAsync());
        Assert.That(error!.Message, Does.Contain("no disk space left").And.Contain("run the same command again"));
        await stage.Stage.ChangeTargetAsync("DROP TRIGGER refusal ON media_items");
        var result = await stage.CopyAsync();
        await stage.AssertProvenAsync(result);
        Assert.That(result.Tables.Sum(table => table.ChunksFound), Is.GreaterThan(0));
    }

    [Test]
    public async Task A_full_disk_ends_in_words_and_the_same_command_goes_on()
    {
        using var stage = await CopyStage.GeneratedAsync(DatabaseKind.Sqlite, DatabaseKind.PostgreSql, rows: 4_000);
        using var disk = SmallDisk.TryMount(kilobytes: 200);
        if (disk is not null)
        {
            disk.GiveTo((await stage.Stage.TargetValueAsync("SHOW data_directory"))!);
            await stage.Stage.ChangeTargetAsync($"CREATE TABLESPACE {stage.Target.Database} LOCATION '{disk.Path}'");
            await stage.Stage.ChangeTargetAsync($"ALTER TABLE media_items SET TABLESPACE {stage.Target.Database}");
        }
        else
        {
            await stage.Stage.ChangeTargetAsync(Refusal("53100", "nextval('refusals') > 300"));
        }

        var error = Assert.ThrowsAsync<DatabaseException>(() => stage.CopyAsync());
        Assert.That(error!.Message, Does.Contain("no disk space left").And.Contain("run the same command again"));
        disk?.Grow();
        await stage.Stage.ChangeTargetAsync("DROP TRIGGER IF EXISTS refusal ON media_items");
        await stage.AssertProvenAsync(await stage.CopyAsync());
        await stage.Stage.ChangeTargetAsync("ALTER TABLE media_items SET TABLESPACE pg_default");
        if (disk is not null)
            await stage.Stage.ChangeTargetAsync($"DROP TABLESPACE {stage.Target.Database}");
    }

    [Test]
    public async Task A_full_disk_under_a_SQLite_file_ends_in_words_and_the_same_command_goes_on()
    {
        using var stage = await CopyStage.GeneratedAsync(DatabaseKind.Sqlite, DatabaseKind.Sqlite, rows: 4_000);
        using var disk = SmallDisk.TryMount(kilobytes: 700);
        var target = disk is null ? stage.Target : DatabaseEndpoint.Parse($"sqlite://{disk.Path}/ultimate.db");
        await UltimateSchema.CreateAsync(target);
        if (disk is null)
            await stage.Stage.ChangeTargetAsync("CREATE TRIGGER refusal BEFORE INSERT ON media_items BEGIN SELECT RAISE(ABORT, 'full'); END");
        var error = Assert.ThrowsAsync<DatabaseException>(() => stage.CopyAsync(target));
        Assert.That(error!.Message, Does.Contain("run the same command again"));
        if (disk is null)
            await stage.Stage.ChangeTargetAsync("DROP TRIGGER refusal");
        else
            Assert.That(error.Message, Does.Contain("No disk space left"));
        disk?.Grow();
        var result = await stage.CopyAsync(target);
        Assert.That(await TargetReader.DifferencesAsync(target, await stage.PlanAsync(), result, CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task A_session_that_keeps_a_table_locked_for_a_while_is_waited_for()
    {
        using var stage = await CopyStage.GeneratedAsync(DatabaseKind.Sqlite, DatabaseKind.PostgreSql, rows: 400);
        await using var other = await stage.Target.OpenPostgresAsync(CancellationToken.None);
        await other.RunAsync("BEGIN; SELECT count(*) FROM personas", CancellationToken.None);
        stage.Options = new MigrationOptions
        {
            MapMediaPath = stage.Options.MapMediaPath,
            Bulk = CopyStage.Tuning,
            Log = line =>
            {
                _log.Add(line);
                other.RunAsync("COMMIT", CancellationToken.None).GetAwaiter().GetResult();
            },
        };
        await stage.AssertProvenAsync(await stage.CopyAsync());
        Assert.That(_log, Has.Some.Contains("tried again"));
    }

    private MigrationOptions Logged(BulkTuning tuning) => CopyStage.OptionsOf(tuning) with
    {
        Log = line =>
        {
            lock (_log)
                _log.Add(line);
        },
    };

    /// <summary>A trigger whose errors are not undone with the transaction: a sequence counts them.</summary>
    private static string Refusal(string state, string condition) =>
        $"""
        CREATE SEQUENCE refusals;
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN RAISE EXCEPTION 'made up' USING ERRCODE = '{state}'; END IF; RETURN NEW; END $$;
        CREATE TRIGGER refusal BEFORE INSERT ON media_items FOR EACH ROW EXECUTE FUNCTION refuse();
        """;

    private static async Task AssertSameAsUncutAsync(CopyStage stage, DatabaseKind source, int rows)
    {
        using var whole = await CopyStage.GeneratedAsync(source, DatabaseKind.PostgreSql, rows: rows);
        await whole.CopyAsync();
        Assert.That(await stage.FingerprintAsync(), Is.EqualTo(await whole.FingerprintAsync()));
    }
}
