namespace Seidra.Database.Tests.Freeze;

/// <summary>What a freeze promises, the same on both engines; every refusal is of a write that was really tried.</summary>
[TestFixture(DatabaseKind.PostgreSql)]
[TestFixture(DatabaseKind.Sqlite)]
public sealed class WriteFreezeTests(DatabaseKind kind)
{
    private static readonly string[] Writes =
    [
        "INSERT INTO jobs VALUES (2, 1, 'x')", "UPDATE users SET username = 'x' WHERE id = 1", "DELETE FROM jobs",
        "INSERT INTO users VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET username = 'x'",
    ];

    private TempFolder _folder = null!;
    private DatabaseEndpoint _classic = null!;

    [SetUp]
    public async Task MakeAsync()
    {
        _folder = new TempFolder();
        if (kind == DatabaseKind.PostgreSql)
        {
            _classic = await PostgresFixture.CreateDatabaseAsync(FrozenClassic.Script);
            return;
        }

        _classic = DatabaseEndpoint.Parse($"sqlite://{_folder["classic.db"]}");
        await using var file = await _classic.OpenSqliteAsync(Microsoft.Data.Sqlite.SqliteOpenMode.ReadWriteCreate, CancellationToken.None);
        await Migration.Stage.ExecuteAsync(file, "PRAGMA journal_mode = WAL;" + FrozenClassic.Script);
    }

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public async Task Held_writes_wait_or_are_refused_and_reads_go_on()
    {
        await using var freeze = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await freeze.ProveAsync(), Is.EqualTo(2));
            foreach (var write in Writes)
                Assert.That(await FrozenClassic.TryAsync(_classic, write), Does.Contain(kind == DatabaseKind.PostgreSql ? "55P03" : "locked"), write);
            Assert.That(await FrozenClassic.TryAsync(_classic, "SELECT count(*) FROM jobs"), Is.Null);
            Assert.That((await WriteFreeze.StateAsync(_classic)).Kind, Is.EqualTo(FreezeKind.None), "nothing is committed yet");
        }
    }

    [Test]
    public async Task Disposed_without_commit_everything_is_as_before()
    {
        var before = await FrozenClassic.CatalogAsync(_classic);
        await using (var freeze = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options()))
            await freeze.ProveAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await FrozenClassic.TryAsync(_classic, Writes[0]), Is.Null);
            Assert.That(await FrozenClassic.CatalogAsync(_classic), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task Committed_it_refuses_every_kind_of_write_until_it_is_lifted()
    {
        var before = await FrozenClassic.CatalogAsync(_classic);
        await using var freeze = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options());
        await freeze.CommitAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await freeze.ProveAsync(), Is.EqualTo(2));
            foreach (var write in Writes)
                Assert.That(await FrozenClassic.TryAsync(_classic, write), Does.Contain("SEIDRA Classic takes no writes"), write);
            Assert.That(await FrozenClassic.TryAsync(_classic, "SELECT count(*) FROM jobs"), Is.Null);
            var state = await WriteFreeze.StateAsync(_classic);
            Assert.That((state.Kind, state.Until), Is.EqualTo((FreezeKind.Until, freeze.Until)));
        }

        await WriteFreeze.LiftAsync(_classic);
        await WriteFreeze.LiftAsync(_classic);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await FrozenClassic.TryAsync(_classic, Writes[0]), Is.Null);
            Assert.That(await FrozenClassic.CatalogAsync(_classic), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task Final_it_refuses_beyond_the_deadline()
    {
        await using var freeze = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options(deadlineSeconds: 2));
        await freeze.CommitAsync();
        Assert.That(await freeze.FinaliseAsync(), Is.True);
        await Task.Delay(TimeSpan.FromSeconds(2.3));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await FrozenClassic.TryAsync(_classic, Writes[0]), Does.Contain("SEIDRA Classic takes no writes"));
            Assert.That((await WriteFreeze.StateAsync(_classic)).Kind, Is.EqualTo(FreezeKind.Final));
            Assert.That(await WriteFreeze.FinaliseAsync(_classic), Is.True, "told again, it was never open in between");
            Assert.That(async () => await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options()), Throws.TypeOf<DatabaseException>().With.Message.Contains("for good"));
        }

        await WriteFreeze.LiftAsync(_classic);
        Assert.That(await FrozenClassic.TryAsync(_classic, Writes[0]), Is.Null);
    }

    [Test]
    public async Task Finalised_too_late_it_says_that_writes_may_have_come_in()
    {
        await using var freeze = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options(deadlineSeconds: 1));
        await freeze.CommitAsync();
        await FrozenClassic.WaitForWritesAsync(_classic, TimeSpan.FromSeconds(10));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await freeze.FinaliseAsync(), Is.False);
            Assert.That(await FrozenClassic.TryAsync(_classic, Writes[0]), Does.Contain("SEIDRA Classic takes no writes"));
        }
    }

    [Test]
    public void Without_a_freeze_there_is_nothing_to_finalise() =>
        Assert.That(async () => await WriteFreeze.FinaliseAsync(_classic), Throws.TypeOf<DatabaseException>().With.Message.Contains("found none"));

    [Test]
    public async Task At_the_deadline_a_held_freeze_ends_and_cannot_be_committed()
    {
        await using var freeze = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options(deadlineSeconds: 1));
        Assert.That(await FrozenClassic.WaitForWritesAsync(_classic, TimeSpan.FromSeconds(10)), Is.LessThan(TimeSpan.FromSeconds(5)));
        Assert.That(async () => await freeze.CommitAsync(), Throws.TypeOf<DatabaseException>().With.Message.Contains("deadline"));
        Assert.That(await FrozenClassic.TryAsync(_classic, Writes[0]), Is.Null);
    }

    [Test]
    public async Task A_freeze_replaces_one_that_an_earlier_run_left()
    {
        await using (var first = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options(deadlineSeconds: 1)))
            await first.CommitAsync();
        await FrozenClassic.WaitForWritesAsync(_classic, TimeSpan.FromSeconds(10));
        Assert.That(await FrozenClassic.TryAsync(_classic, "CREATE TABLE later (id integer PRIMARY KEY, note text)"), Is.Null);
        await using var second = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options());
        await second.CommitAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await second.ProveAsync(), Is.EqualTo(3));
            Assert.That(await FrozenClassic.TryAsync(_classic, Writes[0]), Does.Contain("SEIDRA Classic takes no writes"));
            Assert.That(await FrozenClassic.TryAsync(_classic, "INSERT INTO later VALUES (1, 'x')"), Does.Contain("SEIDRA Classic takes no writes"));
        }
    }

    [TestCase("hold")]
    [TestCase("commit")]
    public async Task Killed_its_process_leaves_no_freeze_behind(string when)
    {
        var url = kind == DatabaseKind.Sqlite ? $"sqlite://{_classic.Path}" : PostgresFixture.Server.Url(_classic.Database);
        using var victim = Victim.Start(typeof(FreezeRole), [url, "4", when], PostgresFixture.Server.Password);
        Assert.That(await victim.SaysAsync("frozen"), Is.True);
        Assert.That(await FrozenClassic.TryAsync(_classic, Writes[0]), Is.Not.Null, "frozen while its process lives");
        await victim.KillAsync();
        if (when == "commit")
            Assert.That(await FrozenClassic.TryAsync(_classic, Writes[0]), Does.Contain("SEIDRA Classic takes no writes"), "committed, it outlives its process");
        var released = await FrozenClassic.WaitForWritesAsync(_classic, TimeSpan.FromSeconds(15));
        Assert.That(released, when == "hold" ? Is.LessThan(TimeSpan.FromSeconds(2)) : Is.LessThan(TimeSpan.FromSeconds(6)));
    }
}
