using Microsoft.Data.Sqlite;

namespace Seidra.Database.Tests.Freeze;

/// <summary>Ways around a freeze that SQLite offers, each tried.</summary>
[TestFixture("WAL")]
[TestFixture("DELETE")]
public sealed class SqliteFreezeTests(string journal)
{
    private const string Refused = "SEIDRA Classic takes no writes";
    private TempFolder _folder = null!;
    private DatabaseEndpoint _classic = null!;

    [SetUp]
    public async Task MakeAsync()
    {
        _folder = new TempFolder();
        _classic = DatabaseEndpoint.Parse($"sqlite://{_folder["classic.db"]}");
        await using var file = await _classic.OpenSqliteAsync(SqliteOpenMode.ReadWriteCreate, CancellationToken.None);
        await Migration.Stage.ExecuteAsync(file, $"PRAGMA journal_mode = {journal};{FrozenClassic.Script}");
    }

    [TearDown]
    public void Remove() => _folder.Dispose();

    [TestCase("INSERT OR REPLACE INTO users VALUES (1, 'x')")]
    [TestCase("INSERT OR IGNORE INTO users VALUES (9, 'x')")]
    [TestCase("REPLACE INTO users VALUES (1, 'x')")]
    [TestCase("UPDATE OR IGNORE users SET username = 'x'")]
    [TestCase("DELETE FROM jobs")]
    [TestCase("PRAGMA recursive_triggers = OFF; INSERT INTO jobs SELECT id + 10, user_id, prompt FROM jobs")]
    public async Task No_statement_gets_through(string write)
    {
        await using var freeze = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options());
        await freeze.CommitAsync();
        Assert.That(await FrozenClassic.TryAsync(_classic, write), Does.Contain(Refused));
    }

    [Test]
    public async Task A_connection_and_a_statement_older_than_the_freeze_are_refused()
    {
        await using var old = new SqliteConnection($"Data Source={_classic.Path};Pooling=False");
        old.Open();
        await using var prepared = old.CreateCommand();
        prepared.CommandText = "UPDATE users SET username = username || '!'";
        prepared.Prepare();
        prepared.ExecuteNonQuery();
        await using var freeze = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options());
        await freeze.CommitAsync();
        Assert.That(() => prepared.ExecuteNonQuery(), Throws.TypeOf<SqliteException>().With.Message.Contains(Refused));
    }

    [Test]
    public async Task A_write_lock_that_is_not_given_back_is_an_error_in_words_and_leaves_nothing()
    {
        await using var stuck = new SqliteConnection($"Data Source={_classic.Path};Pooling=False");
        stuck.Open();
        await using var transaction = stuck.BeginTransaction();
        Assert.That(
            async () => await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options(patienceSeconds: 0.5)),
            Throws.TypeOf<DatabaseException>().With.Message.Contains("write lock still held"));
        await transaction.DisposeAsync();
        Assert.That(await FrozenClassic.CatalogAsync(_classic), Is.EqualTo(DBNull.Value));
    }

    [Test]
    public async Task A_running_write_may_finish()
    {
        await using var running = new SqliteConnection($"Data Source={_classic.Path};Pooling=False");
        running.Open();
        var transaction = running.BeginTransaction();
        await Migration.Stage.ExecuteAsync(running, "INSERT INTO jobs VALUES (2, 1, 'x')");
        var freezing = WriteFreeze.BeginAsync(_classic, FrozenClassic.Options(patienceSeconds: 10));
        await Task.Delay(200);
        Assert.That(freezing.IsCompleted, Is.False);
        transaction.Commit();
        await using var freeze = await freezing;
        await freeze.CommitAsync();
        Assert.That((await WriteFreeze.StateAsync(_classic)).Kind, Is.EqualTo(FreezeKind.Until));
    }

    [Test]
    public async Task Without_WAL_the_commit_waits_for_readers_and_then_goes_through()
    {
        await using var freeze = await WriteFreeze.BeginAsync(_classic, FrozenClassic.Options());
        await using var reader = new SqliteConnection($"Data Source={_classic.Path};Pooling=False");
        reader.Open();
        var transaction = reader.BeginTransaction(deferred: true);
        await using var command = reader.CreateCommand();
        command.CommandText = "SELECT count(*) FROM jobs";
        command.ExecuteScalar();
        var committing = freeze.CommitAsync();
        await Task.Delay(100);
        Assert.That(committing.IsCompleted, Is.EqualTo(journal == "WAL"));
        transaction.Commit();
        await committing;
        Assert.That(await FrozenClassic.TryAsync(_classic, "DELETE FROM jobs"), Does.Contain(Refused));
    }
}
