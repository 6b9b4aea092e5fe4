using System.Diagnostics;

namespace Seidra.Database.Tests.Capture;

/// <summary>What can befall a replication slot and its reader.</summary>
public sealed class LogicalCaptureTests
{
    private const string Slot = "slot_name LIKE 'seidra%' AND database = current_database()";
    private CapturedDatabase _database = null!;

    [SetUp]
    public async Task MakeAsync()
    {
        _database = await CapturedDatabase.PostgresAsync();
        await _database.ExecuteAsync("INSERT INTO users VALUES (1, 'amelie'), (2, 'zoe')");
    }

    [TearDown]
    public async Task RemoveAsync()
    {
        await ChangeCapture.RemoveAsync(_database.Endpoint);
        _database.Dispose();
    }

    [TestCase("DROP PUBLICATION seidra_cutover")]
    [TestCase("ALTER PUBLICATION seidra_cutover DROP TABLE users")]
    [TestCase("ALTER PUBLICATION seidra_cutover SET (publish = 'insert')")]
    [TestCase("ALTER PUBLICATION seidra_cutover DROP TABLE users; UPDATE users SET name = name || 'unseen'; ALTER PUBLICATION seidra_cutover ADD TABLE users")]
    public async Task An_altered_publication_ends_the_following(string ddl)
    {
        await using var capture = await _database.FollowAsync(CaptureKind.Logical);
        await (await capture.ReadAsync(CancellationToken.None)).DisposeAsync();
        await _database.ExecuteAsync(ddl);
        await _database.ExecuteAsync("UPDATE users SET name = name || 'x'");
        Assert.That(async () => await capture.ReadAsync(CancellationToken.None), Throws.TypeOf<DatabaseException>().With.Message.Contains("publication").And.Message.Contains("--target=MigrateDatabase"));
        Assert.That(await ChangeCapture.IsContinuousAsync(_database.Endpoint, CapturedDatabase.Tables, "e1"), Is.False);
    }

    [Test]
    public async Task A_dropped_slot_ends_the_following()
    {
        await using var capture = await _database.FollowAsync(CaptureKind.Logical);
        await (await capture.ReadAsync(CancellationToken.None)).DisposeAsync();
        await DropSlotAsync();
        await _database.ExecuteAsync("UPDATE users SET name = name || 'unseen'");
        Assert.That(async () => await capture.ReadAsync(CancellationToken.None), Throws.TypeOf<DatabaseException>().With.Message.Contains($"replication slot {CaptureNames.SlotOf(_database.Endpoint.Database, "e1")}").And.Message.Contains("--target=MigrateDatabase"));
        Assert.That(await capture.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None), Is.True, "reading tells the error");
        var state = await ChangeCapture.StateAsync(_database.Endpoint);
        Assert.That((state.IsLost, state.Warnings[0]), Is.EqualTo((true, $"replication slot {CaptureNames.SlotOf(_database.Endpoint.Database, "e1")} is gone")));
        Assert.That(() => ChangeCapture.OpenAsync(_database.Endpoint, CapturedDatabase.Tables, "e1", null), Throws.TypeOf<DatabaseException>());
    }

    [Test]
    public async Task A_slot_made_anew_by_somebody_is_not_taken_for_the_old_one()
    {
        string position;
        await using (var capture = await _database.FollowAsync(CaptureKind.Logical))
        await using (var set = await capture.ReadAsync(CancellationToken.None))
            position = set.Position;
        await DropSlotAsync();
        await _database.ExecuteAsync("UPDATE users SET name = name || 'unseen'");
        await _database.ExecuteAsync($"SELECT pg_create_logical_replication_slot('{CaptureNames.SlotOf(_database.Endpoint.Database, "e1")}', 'pgoutput')");
        foreach (var known in new[] { position, null })
            Assert.That(() => ChangeCapture.OpenAsync(_database.Endpoint, CapturedDatabase.Tables, "e1", known), Throws.TypeOf<DatabaseException>().With.Message.Contains("made it anew").And.Message.Contains("--target=MigrateDatabase"));
    }

    [Test]
    public async Task The_reader_is_cut_again_and_again_while_others_write()
    {
        await using var capture = await _database.FollowAsync(CaptureKind.Logical);
        using var stop = new CancellationTokenSource();
        var cutting = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await Task.Delay(150);
                await PostgresFixture.ScalarAsync(_database.Endpoint, $"SELECT count(pg_terminate_backend(active_pid)) FROM pg_replication_slots WHERE {Slot} AND active");
            }
        });
        var seen = new HashSet<KeyId>();
        for (var id = 10; id < 40; id++)
        {
            await _database.ExecuteAsync($"INSERT INTO users VALUES ({id}, 'u{id}')");
            await using var set = await capture.ReadAsync(CancellationToken.None);
            seen.UnionWith(set.Keys.GetValueOrDefault("users") ?? []);
            Assert.That(seen, Does.Contain(new KeyId(id, null)));
            await capture.ConfirmAsync(set, CancellationToken.None);
        }

        await stop.CancelAsync();
        await cutting;
        Assert.That(seen, Has.Count.EqualTo(30));
    }

    [Test]
    public async Task Two_processes_do_not_follow_at_once_and_the_first_is_not_harmed()
    {
        await using var first = await _database.FollowAsync(CaptureKind.Logical);
        await (await first.ReadAsync(CancellationToken.None)).DisposeAsync();
        var pid = await PostgresFixture.ScalarAsync(_database.Endpoint, $"SELECT active_pid FROM pg_replication_slots WHERE {Slot}");
        var error = Assert.ThrowsAsync<DatabaseException>(() => ChangeCapture.OpenAsync(_database.Endpoint, CapturedDatabase.Tables, "e1", null));
        Assert.That(error.Message, Does.Contain($"pid {pid} ").And.Contain("Another process of this program"));
        await _database.ExecuteAsync("UPDATE users SET name = name || 'x'");
        await using var set = await first.ReadAsync(CancellationToken.None);
        Assert.That(set.Keys["users"], Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_killed_process_is_followed_by_the_next_at_once()
    {
        await (await _database.FollowAsync(CaptureKind.Logical)).DisposeAsync();
        using var victim = Victim.Start(typeof(CaptureRole), [PostgresFixture.Server.Url(_database.Endpoint.Database)], PostgresFixture.Server.Password);
        Assert.That(await victim.SaysAsync("following"), Is.True);
        await _database.ExecuteAsync("UPDATE users SET name = name || 'x'");
        await victim.KillAsync();
        await using var capture = await ChangeCapture.OpenAsync(_database.Endpoint, CapturedDatabase.Tables, "e1", null);
        await using var set = await capture.ReadAsync(CancellationToken.None);
        Assert.That(set.Keys["users"], Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_stopped_process_is_not_waited_for_when_everything_is_removed()
    {
        await using var capture = await _database.FollowAsync(CaptureKind.Logical);
        await (await capture.ReadAsync(CancellationToken.None)).DisposeAsync();
        await ChangeCapture.RemoveAsync(_database.Endpoint);
        Assert.That(await PostgresFixture.ScalarAsync(_database.Endpoint, $"SELECT count(*) FROM pg_replication_slots WHERE {Slot}"), Is.Zero);
        Assert.That(async () => await capture.ReadAsync(CancellationToken.None), Throws.TypeOf<DatabaseException>().With.Message.Contains("--target=MigrateDatabase"));
    }

    [Test]
    public async Task A_stream_that_stands_still_is_told_with_its_lag()
    {
        await using var capture = (LogicalCapture)await _database.FollowAsync(CaptureKind.Logical);
        await (await capture.ReadAsync(CancellationToken.None)).DisposeAsync();
        var pid = await PostgresFixture.ScalarAsync(_database.Endpoint, $"SELECT active_pid FROM pg_replication_slots WHERE {Slot}");
        capture.Limit = TimeSpan.FromSeconds(1);
        Signal("-STOP", pid);
        try
        {
            await _database.ExecuteAsync("UPDATE users SET name = name || 'x'");
            var error = Assert.ThrowsAsync<DatabaseException>(() => capture.ReadAsync(CancellationToken.None));
            Assert.That(error.Message, Does.Match("up to 0/[0-9A-F]+, found the stream to stand still at 0/[0-9A-F]+ for 1 s \\([1-9][0-9]* bytes of WAL behind\\)"));
        }
        finally
        {
            Signal("-CONT", pid);
        }

        await using var set = await capture.ReadAsync(CancellationToken.None);
        Assert.That(set.Keys["users"], Has.Count.EqualTo(2));
    }

    [Test]
    public async Task While_nothing_captured_changes_the_slot_lets_go_of_WAL()
    {
        await using var capture = (LogicalCapture)await _database.FollowAsync(CaptureKind.Logical);
        capture.Heartbeat = TimeSpan.FromMilliseconds(100);
        const string Confirmed = $"SELECT confirmed_flush_lsn::text FROM pg_replication_slots WHERE {Slot}";
        var before = await PostgresFixture.ScalarAsync(_database.Endpoint, Confirmed);
        await _database.ExecuteAsync("CREATE TABLE other (i integer); INSERT INTO other SELECT generate_series(1, 1000)");
        Assert.That(await capture.WaitAsync(TimeSpan.FromSeconds(2), CancellationToken.None), Is.False);
        Assert.That(await PostgresFixture.ScalarAsync(_database.Endpoint, Confirmed), Is.Not.EqualTo(before));
        await capture.DisposeAsync();
        await (await ChangeCapture.OpenAsync(_database.Endpoint, CapturedDatabase.Tables, "e1", null)).DisposeAsync();
    }

    [Test]
    public async Task An_unlimited_slot_is_warned_of_with_the_statement_to_run()
    {
        await (await _database.FollowAsync(CaptureKind.Logical)).DisposeAsync();
        var state = await ChangeCapture.StateAsync(_database.Endpoint);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(state.Warnings, Has.One.Contains("ALTER SYSTEM SET max_slot_wal_keep_size"));
            Assert.That((state.Kind, state.IsLost), Is.EqualTo(((CaptureKind?)CaptureKind.Logical, false)));
            Assert.That(state.Waiting, Is.Positive);
        }
    }

    [Test]
    public async Task A_slot_of_a_capture_that_was_not_finished_is_told_and_removed()
    {
        await _database.ExecuteAsync("SELECT pg_create_logical_replication_slot('seidra_cutover_left_' || current_database(), 'pgoutput')");
        Assert.That((await ChangeCapture.StateAsync(_database.Endpoint)).Warnings, Has.One.Contains("pg_drop_replication_slot"));
        await ChangeCapture.RemoveAsync(_database.Endpoint);
        Assert.That((await ChangeCapture.StateAsync(_database.Endpoint)).Warnings, Is.Empty);
    }

    private async Task DropSlotAsync()
    {
        await using var connection = await _database.Endpoint.OpenPostgresAsync(CancellationToken.None);
        await SlotHolder.DropAsync(_database.Endpoint, connection, CaptureNames.SlotOf(_database.Endpoint.Database, "e1"), CancellationToken.None);
    }

    // A process of the server that this test run has started.
    private static void Signal(string signal, object? pid)
    {
        using var kill = Process.Start("kill", [signal, $"{pid}"]);
        kill.WaitForExit();
        Assert.That(kill.ExitCode, Is.Zero);
    }
}
