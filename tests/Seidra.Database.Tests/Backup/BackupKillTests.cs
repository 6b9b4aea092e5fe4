namespace Seidra.Database.Tests.Backup;

public sealed class BackupKillTests
{
    private static readonly string s_rows = """
        CREATE TABLE t AS SELECT i AS id, repeat(md5(i::text), 20) AS note FROM generate_series(1, 40000) i
        """;

    [Test]
    public async Task A_kill_in_the_middle_leaves_no_backup_and_the_next_one_succeeds()
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync(s_rows);
        await KillInTheMiddleAsync(source, folder["backup"]);

        Assert.Multiple(() =>
        {
            Assert.That(Directory.EnumerateDirectories(folder.Path, "backup.partial-*").Count(), Is.EqualTo(1), "the kill left something");
            Assert.That(Directory.Exists(folder["backup"]), Is.False);
            Assert.That(async () => await DatabaseBackup.VerifyAsync(folder["backup"]), Throws.TypeOf<DatabaseException>());
        });

        await DatabaseBackup.CreateAsync(source, folder["backup"]);
        var checks = await RestoreDrill.RunAsync(folder["backup"], source.WithDatabase(source.Database + "_drill"));

        Assert.That(checks, Has.Count.EqualTo(1).And.All.Property(nameof(TableCheck.MigratedRows)).EqualTo(40000));
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.EqualTo(new[] { folder["backup"] }), "what the kill left is gone");
    }

    [Test]
    public async Task A_kill_in_the_middle_keeps_the_earlier_backup()
    {
        using var folder = new TempFolder();
        var source = Samples.CreateSqlite(folder["classic.db"]);
        var earlier = await DatabaseBackup.CreateAsync(source, folder["backup"]);
        Samples.ExecuteSqlite(source, "DELETE FROM jobs WHERE id < 100");
        await KillInTheMiddleAsync(source, folder["backup"]);

        Assert.That((await DatabaseBackup.VerifyAsync(folder["backup"])).Sha256, Is.EqualTo(earlier.Sha256));

        var later = await DatabaseBackup.CreateAsync(source, folder["backup"]);
        Assert.That((await DatabaseBackup.VerifyAsync(folder["backup"])).Sha256, Is.EqualTo(later.Sha256).And.Not.EqualTo(earlier.Sha256));
    }

    [Test]
    public async Task Killed_at_any_moment_there_is_a_whole_backup_or_none([Values(1, 2, 3, 4, 5, 6)] int seed)
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync(s_rows);
        using (var victim = Victim.Start(typeof(BackupRole), [source.Display, folder["backup"]], PostgresFixture.Server.Password))
        {
            await victim.SaysAsync("in the middle");
            await Task.Delay(new Random(seed).Next(400));
            await victim.KillAsync();
        }

        if (Directory.Exists(folder["backup"]))
            await DatabaseBackup.VerifyAsync(folder["backup"]);
        await DatabaseBackup.CreateAsync(source, folder["backup"]);
        Assert.That((await DatabaseBackup.VerifyAsync(folder["backup"])).Tables.Single().Rows, Is.EqualTo(40000));
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.EqualTo(new[] { folder["backup"] }));
    }

    [Test]
    public async Task A_second_backup_into_the_same_place_waits_its_turn()
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync(s_rows);
        using var victim = Victim.Start(typeof(BackupRole), [source.Display, folder["backup"], "stay"], PostgresFixture.Server.Password);
        await victim.SaysAsync("in the middle");

        Assert.That(async () => await DatabaseBackup.CreateAsync(source, folder["backup"]), Throws.TypeOf<DatabaseException>().With.Message.Contains("under way"));
        await victim.KillAsync();
    }

    [Test]
    public void A_place_that_holds_other_files_is_refused_and_left_alone()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["backup"]);
        File.WriteAllText(Path.Combine(folder["backup"], "thesis.txt"), "years of work");
        var source = Samples.CreateSqlite(folder["classic.db"]);

        Assert.That(async () => await DatabaseBackup.CreateAsync(source, folder["backup"]), Throws.TypeOf<DatabaseException>().With.Message.Contains("found other files"));
        Assert.That(Directory.EnumerateFileSystemEntries(folder["backup"]).Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Killed_between_the_two_renames_the_earlier_backup_comes_back()
    {
        using var folder = new TempFolder();
        var source = Samples.CreateSqlite(folder["classic.db"]);
        await DatabaseBackup.CreateAsync(source, folder["backup"]);
        Directory.Move(folder["backup"], folder["backup.replaced-0a1b2c3d"]);

        using (BackupFolder.Begin(folder["backup"], log: null))
            await DatabaseBackup.VerifyAsync(folder["backup"]);

        Assert.That(Directory.EnumerateDirectories(folder.Path), Is.EqualTo(new[] { folder["backup"] }));
    }

    private static async Task KillInTheMiddleAsync(DatabaseEndpoint source, string directory)
    {
        using var victim = Victim.Start(typeof(BackupRole), [source.Display, directory, "stay"], PostgresFixture.Server.Password);
        Assert.That(await victim.SaysAsync("in the middle"), "the backup came to its middle");
        await victim.KillAsync();
    }
}
