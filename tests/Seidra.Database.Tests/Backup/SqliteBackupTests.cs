using Microsoft.Data.Sqlite;

namespace Seidra.Database.Tests.Backup;

public sealed class SqliteBackupTests
{
    [Test]
    public async Task A_backup_states_what_is_in_it_and_is_one_plain_file()
    {
        using var folder = new TempFolder();
        var source = Samples.CreateSqlite(folder["classic.db"]);

        var made = await DatabaseBackup.CreateAsync(source, folder["backup"]);
        var verified = await DatabaseBackup.VerifyAsync(folder["backup"]);

        Assert.Multiple(() =>
        {
            Assert.That(string.Join(" ", made.Tables.Select(table => $"{table.Name}:{table.Rows}")), Is.EqualTo(
                "Odd \"Name\":3 empty_one:0 jobs:3000 media:2 personas:1 users:501"));
            Assert.That(Directory.EnumerateFiles(folder["backup"]).Select(Path.GetFileName), Is.EquivalentTo(new[] { "database.sqlite.zst", "manifest.json" }));
            Assert.That(verified.Sha256, Is.EqualTo(made.Sha256));
            Assert.That(made.Objects["indexes"], Is.EqualTo(2));
        });
    }

    [Test]
    public async Task Writers_of_a_WAL_database_go_on_and_the_copy_is_one_moment()
    {
        using var folder = new TempFolder();
        var source = Samples.CreateSqlite(folder["classic.db"], """
            PRAGMA journal_mode = WAL; CREATE TABLE debit(id INTEGER PRIMARY KEY, note TEXT); CREATE TABLE credit(id INTEGER PRIMARY KEY, note TEXT);
            WITH RECURSIVE g(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM g WHERE i < 100000) INSERT INTO debit SELECT i, printf('%.*c', 400, 'x') FROM g;
            INSERT INTO credit SELECT * FROM debit;
            """);
        using var stop = new CancellationTokenSource();
        using var first = new ManualResetEventSlim();
        var writer = Task.Run(() => Write(source, first, stop.Token));
        first.Wait();

        var manifest = await DatabaseBackup.CreateAsync(source, folder["backup"]);
        await stop.CancelAsync();
        var written = await writer;
        var checks = await RestoreDrill.RunAsync(folder["backup"], source.WithDatabase("drill.db"));

        Assert.Multiple(() =>
        {
            Assert.That(written, Is.GreaterThan(20), "transactions committed while the backup ran");
            Assert.That(manifest.Tables[0].Rows, Is.EqualTo(manifest.Tables[1].Rows).And.GreaterThan(100000), "each transaction wrote to both tables");
            Assert.That(manifest.Tables[0].Rows, Is.LessThan(100000 + written), "the backup began before the writers ended");
            Assert.That(checks, Has.Count.EqualTo(2).And.All.Property(nameof(TableCheck.ChecksumEqual)).True);
        });
    }

    [Test]
    public async Task A_database_without_WAL_is_backed_up_too_and_said_so()
    {
        using var folder = new TempFolder();
        var source = Samples.CreateSqlite(folder["classic.db"], "CREATE TABLE t(id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
        var lines = new List<string>();

        var made = await DatabaseBackup.CreateAsync(source, folder["backup"], log: lines.Add);

        Assert.That(made.Tables[0].Rows, Is.EqualTo(1));
        Assert.That(lines, Has.Some.Contains("not in WAL mode"));
    }

    [Test]
    public void A_damaged_database_is_not_passed_on_as_a_backup()
    {
        using var folder = new TempFolder();
        var source = Samples.CreateSqlite(folder["classic.db"]);
        Samples.ExecuteSqlite(source, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE");
        using (var file = File.OpenWrite(source.Path!))
        {
            file.Position = file.Length / 2 / 4096 * 4096;
            file.Write(new byte[8192]);
        }

        Assert.That(async () => await DatabaseBackup.CreateAsync(source, folder["backup"]), Throws.TypeOf<DatabaseException>());
        Assert.That(Directory.EnumerateDirectories(folder.Path), Is.Empty);
    }

    [Test]
    public void No_space_is_told_before_anything_is_written()
    {
        using var folder = new TempFolder();
        var source = Samples.CreateSqlite(folder["classic.db"]);
        var request = new BackupRequest(new PgTools(), _ => 1_000_000, Log: null, Progress: null);

        Assert.That(
            async () => await DatabaseBackup.CreateAsync(source, folder["backup"], request, CancellationToken.None),
            Throws.TypeOf<DatabaseException>().With.Message.Match(@"needs \d\d\.\d MB free .* found 1\.0 MB"));
        Assert.That(Directory.EnumerateDirectories(folder.Path), Is.Empty);
    }

    [TestCase("UPDATE users SET username = CAST(x'fffe42' AS TEXT) WHERE id = -3", "a byte of text that is no UTF-8")]
    [TestCase("UPDATE users SET is_active = 1 WHERE id = -3", "a storage class")]
    [TestCase("UPDATE users SET email = 'a' WHERE id = -3", "what follows a NUL character")]
    [TestCase("DELETE FROM [Odd \"Name\"] WHERE rowid = 2", "one of two equal rows")]
    [TestCase("UPDATE jobs SET prompt = NULL WHERE id = 7", "a value that is gone")]
    public void The_checksum_sees(string change, string what)
    {
        using var folder = new TempFolder();
        var source = Samples.CreateSqlite(folder["classic.db"]);
        var before = Hash(source);
        Samples.ExecuteSqlite(source, change);

        Assert.That(Hash(source), Is.Not.EqualTo(before), what);
    }

    [Test]
    public void The_checksum_does_not_see_the_order_of_rows()
    {
        using var folder = new TempFolder();
        const string Table = "CREATE TABLE t(a TEXT, b INTEGER);";
        var left = Samples.CreateSqlite(folder["left.db"], Table + "INSERT INTO t VALUES ('x', 1), ('y', 2), ('y', 2)");
        var right = Samples.CreateSqlite(folder["right.db"], Table + "INSERT INTO t VALUES ('y', 2), ('x', 1), ('y', 2)");

        Assert.That(Hash(left), Is.EqualTo(Hash(right)));
    }

    private static string Hash(DatabaseEndpoint endpoint)
    {
        using var connection = endpoint.OpenSqliteAsync(SqliteOpenMode.ReadOnly, CancellationToken.None).Result;
        return string.Join('\n', SqliteRowHasher.HashAll(connection, SqliteRowHasher.Describe(connection), progress: null, CancellationToken.None));
    }

    private static long Write(DatabaseEndpoint source, ManualResetEventSlim first, CancellationToken stop)
    {
        using var connection = source.OpenSqliteAsync(SqliteOpenMode.ReadWrite, CancellationToken.None).Result;
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE; INSERT INTO debit(note) VALUES ('w'); INSERT INTO credit(note) VALUES ('w'); COMMIT";
        long written = 0;
        while (!stop.IsCancellationRequested)
        {
            command.ExecuteNonQuery();
            written++;
            first.Set();
            Thread.Sleep(1);
        }

        return written;
    }
}
