using System.Diagnostics;

namespace Seidra.Database.Tests.Freeze;

/// <summary>Ways around a freeze that PostgreSQL offers, each tried.</summary>
public sealed class PostgresFreezeTests
{
    private const string Refused = "SEIDRA Classic takes no writes";
    private const string Write = "INSERT INTO jobs VALUES (2, 1, 'x')";
    private DatabaseEndpoint _classic = null!;

    [SetUp]
    public async Task MakeAsync() => _classic = await PostgresFixture.CreateDatabaseAsync(FrozenClassic.Script);

    [TestCase("SET default_transaction_read_only = off; SET transaction_read_only = off")]
    [TestCase("SET session_replication_role = replica")]
    [TestCase("SET lock_timeout = 0")]
    public async Task No_setting_of_a_session_gets_a_write_through(string session)
    {
        await using var freeze = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options());
        await freeze.CommitAsync();
        Assert.That(await FrozenClassic.TryAsync(_classic, Write, session), Does.Contain(Refused));
    }

    [TestCase("TRUNCATE jobs")]
    [TestCase("COPY jobs FROM PROGRAM 'printf 2,1,x' CSV")]
    [TestCase("WITH x AS (INSERT INTO jobs VALUES (2, 1, 'x') RETURNING id) SELECT * FROM x")]
    [TestCase("MERGE INTO jobs USING (VALUES (1)) v (id) ON jobs.id = v.id WHEN MATCHED THEN UPDATE SET prompt = 'x'")]
    [TestCase("DO $$ BEGIN UPDATE users SET username = 'x'; END $$")]
    public async Task No_statement_gets_through(string write)
    {
        await using var freeze = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options());
        await freeze.CommitAsync();
        Assert.That(await FrozenClassic.TryAsync(_classic, write), Does.Contain(Refused));
    }

    [TestCase("REPEATABLE READ")]
    [TestCase("SERIALIZABLE")]
    public async Task A_transaction_older_than_the_freeze_cannot_write_by_its_old_snapshot(string level)
    {
        await using var old = await _classic.OpenPostgresAsync(CancellationToken.None);
        await FrozenClassic.PostgresExecuteAsync(old, $"BEGIN ISOLATION LEVEL {level}; SELECT count(*) FROM jobs");
        await using var freeze = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options());
        await freeze.CommitAsync();
        Assert.That(await FrozenClassic.TryAsync(old, "", Write), Does.Contain(Refused));
    }

    [Test]
    public async Task A_write_that_waited_for_the_lock_is_refused_when_the_freeze_commits_and_goes_through_when_it_does_not()
    {
        foreach (var commit in new[] { true, false })
        {
            await using var writer = await _classic.OpenPostgresAsync(CancellationToken.None);
            var freeze = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options());
            var waiting = FrozenClassic.TryAsync(writer, "", "UPDATE users SET username = 'waited'");
            await Task.Delay(200);
            Assert.That(waiting.IsCompleted, Is.False);
            if (commit)
                await freeze.CommitAsync();
            await freeze.DisposeAsync();
            Assert.That(await waiting, commit ? Does.Contain(Refused) : Is.Null);
            await WriteFreeze.LiftAsync(_classic);
        }
    }

    [Test]
    public async Task A_running_transaction_may_finish_and_its_write_counts()
    {
        await using var running = await _classic.OpenPostgresAsync(CancellationToken.None);
        await FrozenClassic.PostgresExecuteAsync(running, $"BEGIN; {Write}");
        var freezing = WriteFreeze.BeginAsync(_classic, FrozenClassic.Options(patienceSeconds: 10));
        await Task.Delay(700);
        Assert.That(freezing.IsCompleted, Is.False);
        await FrozenClassic.PostgresExecuteAsync(running, "COMMIT");
        await using var freeze = await freezing;
        Assert.That(await PostgresFixture.ScalarAsync(_classic, "SELECT count(*) FROM jobs"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_transaction_that_does_not_end_is_named_and_others_write_on()
    {
        await using var stuck = await _classic.OpenPostgresAsync(CancellationToken.None);
        await FrozenClassic.PostgresExecuteAsync(stuck, "SET application_name = 'forgotten psql'; BEGIN; UPDATE users SET username = 'x' WHERE id = 1");
        var clock = Stopwatch.StartNew();
        var error = Assert.ThrowsAsync<DatabaseException>(() => WriteFreeze.BeginAsync(_classic, FrozenClassic.Options(patienceSeconds: 1.5)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Message, Does.Contain($"pid {stuck.ProcessID}").And.Contain("forgotten psql").And.Contain("idle in transaction"));
            Assert.That(clock.Elapsed, Is.GreaterThan(TimeSpan.FromSeconds(1)).And.LessThan(TimeSpan.FromSeconds(10)));
            Assert.That(await FrozenClassic.TryAsync(_classic, Write), Is.Null);
            Assert.That(await FrozenClassic.CatalogAsync(_classic), Is.EqualTo("0/0/0"));
        }
    }

    [Test]
    public async Task Writers_behind_a_stuck_transaction_are_let_through_between_the_tries()
    {
        await using var stuck = await _classic.OpenPostgresAsync(CancellationToken.None);
        await FrozenClassic.PostgresExecuteAsync(stuck, "BEGIN; UPDATE users SET username = 'x' WHERE id = 1");
        var freezing = WriteFreeze.BeginAsync(_classic, FrozenClassic.Options(patienceSeconds: 3));
        var slowest = TimeSpan.Zero;
        var id = 100;
        while (!freezing.IsCompleted)
        {
            var clock = Stopwatch.StartNew();
            await PostgresFixture.ExecuteAsync(_classic, $"INSERT INTO jobs VALUES ({id++}, 2, 'x')");
            slowest = clock.Elapsed > slowest ? clock.Elapsed : slowest;
        }

        Assert.That(async () => await freezing, Throws.TypeOf<DatabaseException>());
        Assert.That(slowest, Is.LessThan(TimeSpan.FromSeconds(2)), "no writer waits for the whole patience");
    }

    [Test]
    public async Task The_server_ends_a_held_freeze_whose_process_hangs()
    {
        // The freeze's session is silent from here on, as that of a stopped process is; only the server can act.
        var freeze = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options(deadlineSeconds: 1.5));
        var released = await FrozenClassic.WaitForWritesAsync(_classic, TimeSpan.FromSeconds(10));
        Assert.That(released, Is.LessThan(TimeSpan.FromSeconds(5)));
        await freeze.DisposeAsync();
    }

    [Test]
    public async Task Lifting_works_beside_a_long_reader_at_once()
    {
        var freeze = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options());
        await freeze.CommitAsync();
        await freeze.DisposeAsync();
        await using var reader = await _classic.OpenPostgresAsync(CancellationToken.None);
        await FrozenClassic.PostgresExecuteAsync(reader, "BEGIN; SELECT count(*) FROM jobs");
        var lifting = WriteFreeze.LiftAsync(_classic);
        Assert.That(await FrozenClassic.WaitForWritesAsync(_classic, TimeSpan.FromSeconds(5)), Is.LessThan(TimeSpan.FromSeconds(3)));
        await FrozenClassic.PostgresExecuteAsync(reader, "COMMIT");
        await lifting;
        Assert.That(await FrozenClassic.CatalogAsync(_classic), Is.EqualTo("0/0/0"));
    }

    [Test]
    public async Task A_role_that_does_not_own_the_tables_is_told_so_and_nothing_is_left()
    {
        var role = $"reader_{_classic.Database}";
        await PostgresFixture.ExecuteAsync(_classic, $"CREATE ROLE {role} LOGIN PASSWORD 'p'; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}; GRANT CREATE ON SCHEMA public TO {role}");
        var url = PostgresFixture.Server.Url(_classic.Database).Replace($"{PostgresFixture.Server.User}@", $"{role}@", StringComparison.Ordinal);
        var error = Assert.ThrowsAsync<DatabaseException>(() => WriteFreeze.BeginAsync(DatabaseEndpoint.Parse(url, "p"), FrozenClassic.Options()));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Message, Does.Contain(role));
            Assert.That(await FrozenClassic.CatalogAsync(_classic), Is.EqualTo("0/0/0"));
            Assert.That(await FrozenClassic.TryAsync(_classic, Write), Is.Null);
        }

        await PostgresFixture.ExecuteAsync(_classic, $"DROP OWNED BY {role}; DROP ROLE {role}");
    }

    [Test]
    public async Task Partitions_are_frozen_too()
    {
        await PostgresFixture.ExecuteAsync(_classic, """
            CREATE TABLE events (id integer, kind text) PARTITION BY LIST (kind);
            CREATE TABLE events_a PARTITION OF events FOR VALUES IN ('a');
            """);
        await using var freeze = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options());
        await freeze.CommitAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await freeze.ProveAsync(), Is.EqualTo(4));
            Assert.That(await FrozenClassic.TryAsync(_classic, "INSERT INTO events VALUES (1, 'a')"), Does.Contain(Refused));
            Assert.That(await FrozenClassic.TryAsync(_classic, "INSERT INTO events_a VALUES (1, 'a')"), Does.Contain(Refused));
        }
    }

    [Test]
    public async Task Proving_a_freeze_that_has_ended_fails()
    {
        await using var freeze = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options(deadlineSeconds: 1));
        await freeze.CommitAsync();
        await FrozenClassic.WaitForWritesAsync(_classic, TimeSpan.FromSeconds(10));
        Assert.That(async () => await freeze.ProveAsync(), Throws.TypeOf<DatabaseException>().With.Message.Contains("found it taken"));
    }
}
