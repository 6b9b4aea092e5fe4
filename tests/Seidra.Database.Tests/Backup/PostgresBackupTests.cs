using Npgsql;
using Seidra.Database.Tests.Endpoint;

namespace Seidra.Database.Tests.Backup;

public sealed class PostgresBackupTests
{
    [Test]
    public async Task A_backup_states_what_is_in_it_and_verifies()
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync(Samples.Postgres);
        var steps = new List<(long Done, long Total)>();

        var made = await DatabaseBackup.CreateAsync(source, folder["backup"], progress: (done, total) => steps.Add((done, total)));
        var verified = await DatabaseBackup.VerifyAsync(folder["backup"]);

        Assert.Multiple(() =>
        {
            Assert.That(made.Kind, Is.EqualTo(DatabaseKind.PostgreSql));
            Assert.That(string.Join(" ", made.Tables.Select(table => $"{table.Name}:{table.Rows}")), Is.EqualTo(
                "archive.users:1 Odd \"Name\":3 empty_one:0 events_2023:1 events_other:1 jobs:301 media:300 no_columns:2 personas:100 users:500"));
            Assert.That(made.Files.Select(file => file.Name), Has.All.StartsWith("dump/").And.All.EndsWith(".zst"));
            Assert.That(made.Objects["indexes"], Is.EqualTo(7));
            Assert.That(made.Source, Is.EqualTo(source.Display));
            Assert.That(verified.Sha256, Is.EqualTo(made.Sha256).And.Length.EqualTo(64));
            Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.EqualTo(new[] { folder["backup"] }));
            Assert.That(steps[^1].Done, Is.EqualTo(made.Tables.Sum(table => table.Rows)));
        });
    }

    [Test]
    public async Task Writers_go_on_and_the_manifest_is_of_the_very_snapshot()
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync("""
            CREATE TABLE debit(id serial PRIMARY KEY, note text); CREATE TABLE credit(id serial PRIMARY KEY, note text);
            INSERT INTO debit(note) SELECT repeat('x', 200) FROM generate_series(1, 60000); INSERT INTO credit(note) SELECT note FROM debit;
            """);
        using var stop = new CancellationTokenSource();
        var writer = WriteAsync(source, stop.Token);

        var manifest = await DatabaseBackup.CreateAsync(source, folder["backup"]);
        await stop.CancelAsync();
        var written = await writer;
        var checks = await RestoreDrill.RunAsync(folder["backup"], source.WithDatabase(source.Database + "_drill"));

        Assert.Multiple(() =>
        {
            Assert.That(written, Is.GreaterThan(20), "transactions committed while the backup ran");
            Assert.That(manifest.Tables[0].Rows, Is.EqualTo(manifest.Tables[1].Rows).And.GreaterThanOrEqualTo(60000), "each transaction wrote to both tables");
            Assert.That(manifest.Tables[0].Rows, Is.LessThan(60000 + written), "the backup began before the writers ended");
            Assert.That(checks, Has.All.Property(nameof(TableCheck.ChecksumEqual)).True);
        });
    }

    [Test]
    public async Task Neither_arguments_nor_environment_of_pg_dump_hold_the_password()
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync("CREATE TABLE t(id int)");
        var tools = FakeTool.Write(folder["bin"], "pg_dump", "15.0", $"(echo \"$@\"; env) > {folder["seen"]}; ls -l $PGPASSFILE | cut -c1-10 > {folder["mode"]}; exit 7");

        Assert.That(async () => await DatabaseBackup.CreateAsync(source, folder["backup"], tools), Throws.TypeOf<DatabaseException>().With.Message.Contains("exit code 7"));

        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(folder["seen"]), Does.Contain("--snapshot=").And.Not.Contain(PostgresFixture.Server.Password));
            Assert.That(File.ReadAllText(folder["mode"]), Does.StartWith("-rw-------"));
            Assert.That(Directory.EnumerateDirectories(folder.Path), Is.EqualTo(new[] { folder["bin"] }), "password file and all are gone");
        });
    }

    [TestCase("echo 'pg_dump: warning: could not find where to insert' >&2; exit 0", "ended with warnings")]
    [TestCase("echo 'pg_dump: error: no' >&2; exit 1", "pg_dump: error: no")]
    [TestCase("exit 0", "wrote no dump")]
    public async Task A_pg_dump_that_fails_warns_or_writes_nothing_leaves_no_backup(string body, string named)
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync("CREATE TABLE t(id int)");
        var tools = FakeTool.Write(folder["bin"], "pg_dump", "15.0", body);

        Assert.That(async () => await DatabaseBackup.CreateAsync(source, folder["backup"], tools), Throws.TypeOf<DatabaseException>().With.Message.Contains(named));
        Assert.That(Directory.EnumerateDirectories(folder.Path), Is.EqualTo(new[] { folder["bin"] }));
    }

    [Test]
    public async Task No_space_is_told_before_anything_is_written()
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync("CREATE TABLE t(id int)");
        var request = new BackupRequest(new PgTools(), _ => 5_000_000, Log: null, Progress: null);

        Assert.That(
            async () => await DatabaseBackup.CreateAsync(source, folder["backup"], request, CancellationToken.None),
            Throws.TypeOf<DatabaseException>().With.Message.Match(@"needs \d\d\.\d MB free .* found 5\.0 MB"));
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.Empty);
    }

    [Test]
    public async Task A_server_session_that_is_cut_leaves_no_backup()
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync("CREATE TABLE t AS SELECT repeat('x', 500) AS note FROM generate_series(1, 100000)");
        var cut = false;
        void Cut(long done, long total)
        {
            if (cut)
                return;
            cut = true;
            PostgresFixture.ExecuteAsync(
                PostgresFixture.Endpoint("postgres"),
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{source.Database}'").Wait();
        }

        Assert.That(async () => await DatabaseBackup.CreateAsync(source, folder["backup"], progress: Cut), Throws.TypeOf<DatabaseException>());
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.Empty);
    }

    [Test]
    public async Task A_cancelled_backup_leaves_nothing()
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync("CREATE TABLE t AS SELECT repeat('x', 500) AS note FROM generate_series(1, 100000)");
        using var stop = new CancellationTokenSource();

        Assert.That(
            async () => await DatabaseBackup.CreateAsync(source, folder["backup"], progress: (_, _) => stop.Cancel(), cancel: stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.Empty);
    }

    [Test]
    public async Task A_database_without_tables_is_no_backup()
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync();

        Assert.That(async () => await DatabaseBackup.CreateAsync(source, folder["backup"]), Throws.TypeOf<DatabaseException>().With.Message.Contains("holds no table"));
    }

    [Test]
    public async Task A_table_that_the_role_may_not_read_fails_the_backup()
    {
        using var folder = new TempFolder();
        var role = $"reader_{Guid.NewGuid():n}";
        var source = await PostgresFixture.CreateDatabaseAsync($"CREATE TABLE t(id int); CREATE ROLE {role} LOGIN PASSWORD 'lesen-und-schreiben'");
        var reader = DatabaseEndpoint.Parse(source.Display.Replace("seidra@", role + "@", StringComparison.Ordinal), "lesen-und-schreiben");

        Assert.That(async () => await DatabaseBackup.CreateAsync(reader, folder["backup"]), Throws.TypeOf<DatabaseException>().With.Message.Contains($"Role '{role}' may not back up"));
    }

    private static async Task<long> WriteAsync(DatabaseEndpoint source, CancellationToken stop)
    {
        await using var connection = await source.OpenPostgresAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand("BEGIN; INSERT INTO debit(note) VALUES ('w'); INSERT INTO credit(note) VALUES ('w'); COMMIT", connection);
        long written = 0;
        while (!stop.IsCancellationRequested)
        {
            await command.ExecuteNonQueryAsync(CancellationToken.None);
            written++;
        }

        return written;
    }
}
