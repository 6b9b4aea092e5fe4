using System.Diagnostics;

namespace Seidra.Database.Tests.Capture;

/// <summary>What both ways of following PostgreSQL must tell.</summary>
[TestFixture(CaptureKind.Logical)]
[TestFixture(CaptureKind.Triggers)]
public sealed class PostgresCaptureTests(CaptureKind kind)
{
    private const string Left = """
        SELECT (SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'seidra%') || '/' || (SELECT count(*) FROM pg_proc WHERE proname LIKE 'seidra%') || '/' || (SELECT count(*) FROM pg_class WHERE relname LIKE 'seidra%')
            || '/' || (SELECT count(*) FROM pg_publication) || '/' || (SELECT count(*) FROM pg_replication_slots WHERE database = current_database())
        """;

    private CapturedDatabase _database = null!;

    [SetUp]
    public async Task MakeAsync()
    {
        _database = await CapturedDatabase.PostgresAsync();
        await _database.ExecuteAsync(""""
            INSERT INTO users VALUES (1, 'amelie'), (2, 'zoe'), (3, 'lea');
            INSERT INTO jobs VALUES (1, 1, 'x', repeat('big', 5000)), (2, 1, 'y', NULL), (3, 2, 'z', '');
            INSERT INTO "odd ""name""" VALUES ('a', 1), ('007', 2);
            """");
    }

    [TearDown]
    public async Task RemoveAsync()
    {
        await ChangeCapture.RemoveAsync(_database.Endpoint);
        Assert.That(await PostgresFixture.ScalarAsync(_database.Endpoint, Left), Is.EqualTo("0/0/0/0/0"), "nothing is left");
        _database.Dispose();
    }

    [TestCase("INSERT INTO users VALUES (4, 'new')", "users:4")]
    [TestCase("UPDATE users SET name = name || 'x' WHERE id < 3", "users:1,2")]
    [TestCase("UPDATE users SET id = 9 WHERE id = 3", "users:3,9")]
    [TestCase("DELETE FROM users WHERE id = 1", "jobs:1,2 users:1")]
    [TestCase("UPDATE jobs SET prompt = 'toast stays' WHERE id = 1", "jobs:1")]
    [TestCase("UPDATE \"odd \"\"name\"\"\" SET v = v + 1", "odd \"name\":007,a")]
    [TestCase("COPY users FROM PROGRAM 'echo 8,x' CSV", "users:8")]
    [TestCase("SET session_replication_role = replica; DELETE FROM jobs WHERE id = 3", "jobs:3")]
    [TestCase("BEGIN; INSERT INTO users VALUES (4, 'x'); SAVEPOINT s; INSERT INTO users VALUES (5, 'y'); ROLLBACK TO s; SAVEPOINT t; INSERT INTO users VALUES (6, 'z'); COMMIT", "users:4,6")]
    [TestCase("BEGIN; INSERT INTO users VALUES (4, 'x'); ROLLBACK", "")]
    [TestCase("INSERT INTO users VALUES (1, 'again') ON CONFLICT (id) DO UPDATE SET name = excluded.name", "users:1")]
    public async Task Every_verb_is_told_by_its_keys(string sql, string expected)
    {
        await using var capture = await _database.FollowAsync(kind);
        await _database.ExecuteAsync(sql);
        await using var set = await capture.ReadAsync(CancellationToken.None);
        var told = set.Keys.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}:{string.Join(',', pair.Value.Select(key => key.ToString()).Order(StringComparer.Ordinal))}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Join(' ', told), Is.EqualTo(expected));
            Assert.That(set.Truncated, Is.Empty);
            Assert.That(set.Since, expected.Length == 0 ? Is.Null : Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
        }
    }

    [Test]
    public async Task Truncated_tables_are_named()
    {
        await using var capture = await _database.FollowAsync(kind);
        await _database.ExecuteAsync("TRUNCATE users CASCADE; INSERT INTO users VALUES (7, 'first')");
        await using var set = await capture.ReadAsync(CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(set.Truncated, Is.EquivalentTo(["users", "jobs"]));
            Assert.That(set.Keys["users"], Is.EqualTo([new KeyId(7, null)]));
        }
    }

    [Test]
    public async Task A_table_cannot_be_emptied_under_an_open_set()
    {
        await using var capture = await _database.FollowAsync(kind);
        Task truncating;
        await using (var set = await capture.ReadAsync(CancellationToken.None))
        {
            truncating = _database.ExecuteAsync("TRUNCATE jobs");
            await Task.Delay(300);
            Assert.That(await CapturedDatabase.RowsAsync(set.Snapshot, new("jobs", "id")), Has.Count.EqualTo(3));
        }

        await truncating;
        await using var next = await capture.ReadAsync(CancellationToken.None);
        Assert.That(next.Truncated, Is.EqualTo(["jobs"]));
    }

    [Test]
    public async Task A_large_transaction_comes_whole_and_once_confirmed_not_again()
    {
        await using var capture = await _database.FollowAsync(kind);
        await _database.ExecuteAsync("INSERT INTO users SELECT i, 'u' || i FROM generate_series(1001, 101000) i");
        Assert.That(await capture.WaitAsync(TimeSpan.FromSeconds(60), CancellationToken.None), Is.True);
        await (await capture.ReadAsync(CancellationToken.None)).DisposeAsync();
        await using (var set = await capture.ReadAsync(CancellationToken.None))
        {
            Assert.That(set.Keys["users"], Has.Count.EqualTo(100_000));
            await capture.ConfirmAsync(set, CancellationToken.None);
            await capture.ConfirmAsync(set, CancellationToken.None);
        }

        await using var empty = await capture.ReadAsync(CancellationToken.None);
        Assert.That(empty.IsEmpty, Is.True);
        Assert.That(await capture.WaitAsync(TimeSpan.FromMilliseconds(50), CancellationToken.None), Is.False);
    }

    [Test]
    public async Task A_transaction_that_began_first_and_commits_last_is_not_lost()
    {
        await using var capture = await _database.FollowAsync(kind);
        await using var slow = await _database.ConnectAsync();
        await CapturedDatabase.ExecuteAsync(slow, "BEGIN; UPDATE users SET name = 'slow' WHERE id = 1");
        await _database.ExecuteAsync("UPDATE users SET name = 'fast' WHERE id = 2");
        await using (var first = await capture.ReadAsync(CancellationToken.None))
        {
            Assert.That(first.Keys["users"], Is.EqualTo([new KeyId(2, null)]));
            await capture.ConfirmAsync(first, CancellationToken.None);
        }

        await CapturedDatabase.ExecuteAsync(slow, "COMMIT");
        await using var second = await capture.ReadAsync(CancellationToken.None);
        Assert.That(second.Keys["users"], Is.EqualTo([new KeyId(1, null)]));
    }

    [Test]
    public async Task A_new_process_goes_on_from_what_was_confirmed()
    {
        string position;
        await using (var first = await _database.FollowAsync(kind))
        {
            await _database.ExecuteAsync("UPDATE users SET name = 'x' WHERE id = 1");
            await using var set = await first.ReadAsync(CancellationToken.None);
            await first.ConfirmAsync(set, CancellationToken.None);
            position = set.Position;
        }

        await _database.ExecuteAsync("UPDATE users SET name = 'y' WHERE id = 2");
        Assert.That(await ChangeCapture.IsContinuousAsync(_database.Endpoint, CapturedDatabase.Tables, "e1"), Is.True);
        await using var again = await ChangeCapture.OpenAsync(_database.Endpoint, CapturedDatabase.Tables, "e1", position);
        await using var rest = await again.ReadAsync(CancellationToken.None);
        Assert.That(rest.Keys["users"], Is.EqualTo([new KeyId(2, null)]));
    }

    [TestCase("ALTER TABLE users ADD COLUMN phone text", "+ phone text")]
    [TestCase("ALTER TABLE jobs ALTER COLUMN user_id TYPE bigint", "+ user_id bigint, - user_id integer")]
    [TestCase("ALTER TABLE jobs RENAME TO tasks", "table jobs is gone")]
    [TestCase("DROP TABLE jobs", "jobs")]
    [TestCase("ALTER TABLE users DROP COLUMN name", "- name text")]
    public async Task A_changed_table_ends_the_following(string ddl, string said)
    {
        await using var capture = await _database.FollowAsync(kind);
        await _database.ExecuteAsync("CREATE TABLE unrelated (id integer); CREATE INDEX harmless ON users (name); ALTER TABLE jobs ALTER prompt SET DEFAULT 'x'");
        await (await capture.ReadAsync(CancellationToken.None)).DisposeAsync();
        await _database.ExecuteAsync(ddl);
        await _database.ExecuteAsync("INSERT INTO users VALUES (50)");
        var error = Assert.ThrowsAsync<DatabaseException>(() => capture.ReadAsync(CancellationToken.None));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Message, Does.Contain(said).And.Contain("--target=MigrateDatabase"));
            Assert.That(await ChangeCapture.IsContinuousAsync(_database.Endpoint, CapturedDatabase.Tables, "e1"), Is.False);
            Assert.That((await ChangeCapture.StateAsync(_database.Endpoint)).IsLost, Is.True);
        }
    }

    [Test]
    public async Task Installing_again_keeps_what_is_there_and_another_epoch_replaces_it()
    {
        await (await _database.FollowAsync(kind)).DisposeAsync();
        await _database.ExecuteAsync("UPDATE users SET name = 'x' WHERE id = 1");
        var lines = new List<string>();
        var found = await ChangeCapture.InstallAsync(_database.Endpoint, CapturedDatabase.Tables, "e1", new CaptureOptions(), lines.Add);
        await using (var capture = await ChangeCapture.OpenAsync(_database.Endpoint, CapturedDatabase.Tables, "e1", null))
        await using (var set = await capture.ReadAsync(CancellationToken.None))
            Assert.That((found, set.Keys.Count), Is.EqualTo((kind, 1)));
        Assert.That(() => ChangeCapture.InstallAsync(_database.Endpoint, [new("users", "id")], "e1", new CaptureOptions(), null), Throws.TypeOf<DatabaseException>().With.Message.Contains("other tables"));
        await ChangeCapture.InstallAsync(_database.Endpoint, CapturedDatabase.Tables, "e2", new CaptureOptions { Prefer = kind }, lines.Add);
        var state = await ChangeCapture.StateAsync(_database.Endpoint);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Has.Count.EqualTo(1));
            Assert.That((state.Kind, state.Epoch, state.IsLost), Is.EqualTo(((CaptureKind?)kind, "e2", false)));
            Assert.That(() => ChangeCapture.OpenAsync(_database.Endpoint, CapturedDatabase.Tables, "e1", null), Throws.TypeOf<DatabaseException>().With.Message.Contains("another bulk copy"));
        }
    }

    [Test]
    public async Task Nobody_waits_long_while_the_capture_waits_for_an_open_transaction()
    {
        await using var open = await _database.ConnectAsync();
        await CapturedDatabase.ExecuteAsync(open, "BEGIN; UPDATE users SET name = 'open' WHERE id = 1");
        var installing = ChangeCapture.InstallAsync(_database.Endpoint, CapturedDatabase.Tables, "e1", new CaptureOptions { Prefer = kind }, null);
        var (clock, writes) = (Stopwatch.StartNew(), 0);
        while (clock.Elapsed < TimeSpan.FromSeconds(2))
        {
            await _database.ExecuteAsync("UPDATE users SET name = name WHERE id = 2");
            writes++;
        }

        Assert.That(installing.IsCompleted, Is.False);
        await CapturedDatabase.ExecuteAsync(open, "COMMIT");
        Assert.That(await installing, Is.EqualTo(kind));
        Assert.That(writes, Is.GreaterThan(2), "writers come through between the tries");
    }

    [Test]
    public async Task A_client_without_any_right_on_the_capture_writes_on()
    {
        var role = $"client_{_database.Endpoint.Database}";
        await _database.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'p'; GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public TO {role}; CREATE SCHEMA evil; CREATE TABLE evil.seidra_cutover_changes (x integer)");
        await using var capture = await _database.FollowAsync(kind);
        var url = PostgresFixture.Server.Url(_database.Endpoint.Database).Replace($"{PostgresFixture.Server.User}@", $"{role}@", StringComparison.Ordinal);
        await PostgresFixture.ExecuteAsync(DatabaseEndpoint.Parse(url, "p"), "SET search_path = evil, public; INSERT INTO users VALUES (9, 'c'); UPDATE jobs SET prompt = 'c'; TRUNCATE \"odd \"\"name\"\"\"");
        await using (var set = await capture.ReadAsync(CancellationToken.None))
            Assert.That((set.Keys["users"].Count, set.Keys["jobs"].Count, set.Truncated.Count), Is.EqualTo((1, 3, 1)));
        await _database.ExecuteAsync($"DROP SCHEMA evil CASCADE; DROP OWNED BY {role}; DROP ROLE {role}");
    }

    [Test]
    public async Task Cut_connections_are_made_anew()
    {
        await using var capture = await _database.FollowAsync(kind);
        for (var round = 1; round <= 4; round++)
        {
            await _database.ExecuteAsync($"UPDATE users SET name = 'round {round}' WHERE id = {1 + (round % 3)}");
            await PostgresFixture.ScalarAsync(_database.Endpoint, "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'seidra-cutover' AND pid <> pg_backend_pid()");
            await capture.WaitAsync(TimeSpan.FromMilliseconds(100), CancellationToken.None);
            await using var set = await capture.ReadAsync(CancellationToken.None);
            Assert.That(set.Keys["users"], Does.Contain(new KeyId(1 + (round % 3), null)), $"round {round}");
            if (round % 2 == 0)
                await capture.ConfirmAsync(set, CancellationToken.None);
        }
    }

    [Test]
    public async Task A_waiting_read_can_be_cancelled_and_loses_nothing()
    {
        await using var capture = await _database.FollowAsync(kind);
        await _database.ExecuteAsync("UPDATE users SET name = 'x' WHERE id = 1");
        for (var milliseconds = 0; milliseconds < 8; milliseconds++)
        {
            using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(milliseconds));
            try
            {
                await (await capture.ReadAsync(cancel.Token)).DisposeAsync();
            }
            catch (OperationCanceledException)
            {
                // As asked.
            }
        }

        await using var set = await capture.ReadAsync(CancellationToken.None);
        Assert.That(set.Keys["users"], Is.EqualTo([new KeyId(1, null)]));
    }
}
