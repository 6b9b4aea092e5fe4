using Microsoft.Data.Sqlite;

namespace Seidra.Database.Tests.Capture;

/// <summary>What SQLite does beside plain statements, and what becomes of the capture's own tables.</summary>
public sealed class SqliteCaptureTests
{
    private CapturedDatabase _database = null!;

    [SetUp]
    public void Make() => _database = CapturedDatabase.Sqlite(wal: true);

    [TearDown]
    public void Remove() => _database.Dispose();

    [TestCase("INSERT OR REPLACE INTO users VALUES (9, 'ZOE')", "users", "2,9", TestName = "REPLACE by a NOCASE index")]
    [TestCase("INSERT OR REPLACE INTO users VALUES (1, 'zoe')", "users", "1,2", TestName = "REPLACE by key and by index")]
    [TestCase("UPDATE OR REPLACE users SET name = 'zoe' WHERE id = 1", "users", "1,2", TestName = "UPDATE OR REPLACE")]
    [TestCase("UPDATE users SET id = 7 WHERE id = 3", "users", "3,7", TestName = "A new key")]
    [TestCase("UPDATE users SET rowid = 7 WHERE id = 3", "users", "3,7", TestName = "A new key by its other name")]
    [TestCase("INSERT INTO jobs (id, a, b) VALUES (9, 1, 1)", "jobs", "1,9", TestName = "ON CONFLICT REPLACE of the table's own, over two columns")]
    [TestCase("INSERT OR REPLACE INTO jobs (id, a, prompt) VALUES (9, 6, 'HELLO')", "jobs", "2,9", TestName = "REPLACE by an expression's partial index")]
    [TestCase("REPLACE INTO \"odd \"\"name\"\"\" VALUES ('c', 1)", CapturedDatabase.Odd, "a,c", TestName = "REPLACE without row ids, names in quotes")]
    [TestCase("DELETE FROM jobs", "jobs", "1,2,3", TestName = "DELETE of all rows")]
    [TestCase("PRAGMA foreign_keys = on; REPLACE INTO users VALUES (1, 'new')", "jobs", "1,2", TestName = "Rows that go with one pushed out")]
    public async Task Every_key_is_noted(string sql, string table, string keys)
    {
        await _database.ExecuteAsync(""""
            INSERT INTO users VALUES (1, 'amelie'), (2, 'zoe'), (3, 'lea');
            INSERT INTO jobs VALUES (1, 1, 'x', '', 1, 1), (2, 1, 'hello', '', 6, 1), (3, 2, 'z', '', 2, 2);
            INSERT INTO "odd ""name""" VALUES ('a', 1), ('b', 2);
            """");
        await using var capture = await _database.FollowAsync(CaptureKind.Triggers);
        await _database.ExecuteAsync(sql);
        await using var set = await capture.ReadAsync(CancellationToken.None);
        Assert.That(set.Keys[table].Select(key => key.ToString()).Order(StringComparer.Ordinal), Is.EqualTo(keys.Split(',')));
    }

    [Test]
    public async Task Keys_keep_their_meaning_and_a_rollback_is_not_seen()
    {
        await _database.ExecuteAsync("CREATE TABLE loose (k, v); INSERT INTO users VALUES (1, 'a')");
        IReadOnlyList<CapturedTable> tables = [new("users", "id"), new("loose", "k")];
        await ChangeCapture.InstallAsync(_database.Endpoint, tables, "e", new CaptureOptions(), null);
        await using var capture = await ChangeCapture.OpenAsync(_database.Endpoint, tables, "e", null);
        await _database.ExecuteAsync("BEGIN; INSERT INTO loose VALUES (5, 'n'), ('007', 't'), (NULL, 'none'); SAVEPOINT s; DELETE FROM users; ROLLBACK TO s; COMMIT");
        await _database.ExecuteAsync("BEGIN; UPDATE users SET name = 'b'; ROLLBACK");
        await using var set = await capture.ReadAsync(CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(set.Keys.Keys, Is.EqualTo(["loose"]));
            Assert.That(set.Keys["loose"], Is.EquivalentTo([new KeyId(5, null), new KeyId(0, "007")]));
            Assert.That(set.Since, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
        }
    }

    [Test]
    public async Task What_is_confirmed_is_deleted_and_what_is_not_comes_again()
    {
        await using var capture = await _database.FollowAsync(CaptureKind.Triggers);
        await _database.ExecuteAsync("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) INSERT INTO users SELECT i, 'u' || i FROM n");
        Assert.That(await capture.WaitAsync(TimeSpan.Zero, CancellationToken.None), Is.True);
        await (await capture.ReadAsync(CancellationToken.None)).DisposeAsync();
        var set = await capture.ReadAsync(CancellationToken.None);
        Assert.That(set.Keys["users"], Has.Count.EqualTo(100_000));
        await set.DisposeAsync();
        while ((await ChangeCapture.StateAsync(_database.Endpoint)).Waiting > 0)
            await capture.ConfirmAsync(set, CancellationToken.None);
        await using var empty = await capture.ReadAsync(CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(empty.IsEmpty, Is.True);
            Assert.That(empty.Position, Is.EqualTo(set.Position));
            Assert.That(await capture.WaitAsync(TimeSpan.FromMilliseconds(50), CancellationToken.None), Is.False);
        }
    }

    [Test]
    public async Task While_the_file_is_locked_sets_are_read_and_confirmed_and_the_rest_is_tidied_later()
    {
        await using var capture = await _database.FollowAsync(CaptureKind.Triggers);
        await _database.ExecuteAsync("INSERT INTO users VALUES (1, 'a')");
        await using (var holder = await _database.ConnectAsync())
        {
            await CapturedDatabase.ExecuteAsync(holder, "BEGIN IMMEDIATE");
            await using var set = await capture.ReadAsync(CancellationToken.None);
            await capture.ConfirmAsync(set, CancellationToken.None);
            await using var next = await capture.ReadAsync(CancellationToken.None);
            Assert.That((set.Keys.Count, next.Keys.Count), Is.EqualTo((1, 0)));
            await capture.ConfirmAsync(next, CancellationToken.None);
        }

        await using var later = await capture.ReadAsync(CancellationToken.None);
        await capture.ConfirmAsync(later, CancellationToken.None);
        Assert.That((await ChangeCapture.StateAsync(_database.Endpoint)).Waiting, Is.Zero);
    }

    [Test]
    public async Task A_large_set_of_a_file_without_WAL_holds_no_lock()
    {
        using var database = CapturedDatabase.Sqlite(wal: false);
        await using var capture = await database.FollowAsync(CaptureKind.Triggers);
        await database.ExecuteAsync($"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i <= {SqliteCapture.LongRead}) INSERT INTO users SELECT i, 'u' || i FROM n");
        await using var set = await capture.ReadAsync(CancellationToken.None);
        await using var writer = (SqliteConnection)await database.ConnectAsync();
        SQLitePCL.raw.sqlite3_busy_timeout(writer.Handle, 0);
        Assert.That(SQLitePCL.raw.sqlite3_exec(writer.Handle, "DELETE FROM users WHERE id = 5"), Is.EqualTo(SQLitePCL.raw.SQLITE_OK));
        Assert.That(await CapturedDatabase.RowsAsync(set.Snapshot, new("users", "id"), ["5"]), Has.Count.EqualTo(1));
        var copy = ((SqliteConnection)set.Snapshot).DataSource;
        await set.DisposeAsync();
        Assert.That(File.Exists(copy), Is.False);
    }

    [TestCase("ALTER TABLE users ADD COLUMN phone TEXT", "+ phone TEXT")]
    [TestCase("ALTER TABLE jobs RENAME COLUMN prompt TO words", "- prompt TEXT")]
    [TestCase("DROP TABLE jobs", "table jobs is gone")]
    [TestCase("DROP TRIGGER seidra_cutover_note_1_after_delete", "triggers of table users")]
    [TestCase("CREATE UNIQUE INDEX more ON users (name, id)", "triggers of table users")]
    [TestCase("DROP TABLE seidra_cutover_capture", "it was removed")]
    public async Task What_could_hide_changes_ends_the_following(string ddl, string said)
    {
        await using var capture = await _database.FollowAsync(CaptureKind.Triggers);
        Assert.That(await ChangeCapture.IsContinuousAsync(_database.Endpoint, CapturedDatabase.Tables, "e1"), Is.True);
        await _database.ExecuteAsync("CREATE TABLE unrelated (id INTEGER); DROP TABLE unrelated");
        await (await capture.ReadAsync(CancellationToken.None)).DisposeAsync();
        await _database.ExecuteAsync(ddl);
        var error = Assert.ThrowsAsync<DatabaseException>(() => capture.ReadAsync(CancellationToken.None));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Message, Does.Contain(said).And.Contain("--target=MigrateDatabase"));
            Assert.That(await ChangeCapture.IsContinuousAsync(_database.Endpoint, CapturedDatabase.Tables, "e1"), Is.False);
        }
    }

    [Test]
    public async Task An_older_state_of_the_file_is_told_by_its_log()
    {
        await (await _database.FollowAsync(CaptureKind.Triggers)).DisposeAsync();
        Assert.That(() => ChangeCapture.OpenAsync(_database.Endpoint, CapturedDatabase.Tables, "e1", "17"), Throws.TypeOf<DatabaseException>().With.Message.Contains("older state"));
    }

    [Test]
    public async Task Installing_again_changes_nothing_another_epoch_replaces_and_removal_leaves_nothing()
    {
        var before = await SchemaAsync();
        await (await _database.FollowAsync(CaptureKind.Triggers)).DisposeAsync();
        var first = await SchemaAsync();
        await _database.ExecuteAsync("INSERT INTO users VALUES (1, 'a')");
        await ChangeCapture.InstallAsync(_database.Endpoint, CapturedDatabase.Tables, "e1", new CaptureOptions(), null);
        var again = await ChangeCapture.StateAsync(_database.Endpoint);
        await ChangeCapture.InstallAsync(_database.Endpoint, CapturedDatabase.Tables, "e2", new CaptureOptions(), null);
        var other = await ChangeCapture.StateAsync(_database.Endpoint);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await SchemaAsync(), Is.EqualTo(first));
            Assert.That((again.Epoch, again.Waiting, again.IsLost), Is.EqualTo(("e1", 1L, false)));
            Assert.That((other.Epoch, other.Waiting, other.IsLost), Is.EqualTo(("e2", 0L, false)));
            Assert.That(await ChangeCapture.IsContinuousAsync(_database.Endpoint, CapturedDatabase.Tables, "e1"), Is.False);
        }

        await ChangeCapture.RemoveAsync(_database.Endpoint);
        await ChangeCapture.RemoveAsync(_database.Endpoint);
        Assert.That(await SchemaAsync(), Is.EqualTo(before));
    }

    [TestCase("CREATE UNIQUE INDEX i ON \"t (x)\" (a)", "a", null)]
    [TestCase("CREATE UNIQUE INDEX i ON t (lower(a) COLLATE NOCASE desc, b || ',)' ASC, [c d]) WHERE b > ')' AND c", "lower(a)#b || ',)'#[c d]", "b > ')' AND c")]
    [TestCase("create unique index i on t (/* ( */ coalesce(a, 'where (')) -- ( no\n where a is not null", "/* ( */ coalesce(a, 'where (')", "a is not null")]
    public void The_text_of_an_index_is_taken_apart(string sql, string terms, string? where)
    {
        var text = SqliteIndexText.Parse(sql);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text.Terms, Is.EqualTo(terms.Split('#')));
            Assert.That(text.Where?.Trim(), Is.EqualTo(where));
        }
    }

    // The engine keeps its table of sequences for good, empty.
    private async Task<string> SchemaAsync()
    {
        await using var connection = await _database.ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT group_concat(type || name || sql, char(10)) FROM (SELECT * FROM sqlite_master WHERE name <> 'sqlite_sequence' ORDER BY name)";
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
