using Seidra.Database.Tests.Backup;
using Seidra.Database.Tests.Endpoint;

namespace Seidra.Database.Tests.Restore;

public sealed class RestoreDrillTests
{
    [Test]
    public async Task A_backup_of_PostgreSQL_restores_to_the_same_rows_and_leaves_nothing()
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync(Samples.Postgres);
        var manifest = await DatabaseBackup.CreateAsync(source, folder["backup"]);
        var scratch = source.WithDatabase(source.Database + "_drill");

        var checks = await RestoreDrill.RunAsync(folder["backup"], scratch);

        Assert.Multiple(() =>
        {
            Assert.That(checks.Select(check => (check.Name, check.SourceRows)), Is.EqualTo(manifest.Tables.Select(table => (table.Name, table.Rows))));
            Assert.That(checks, Has.All.Property(nameof(TableCheck.ChecksumEqual)).True);
            Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.EqualTo(new[] { folder["backup"] }));
        });
        Assert.That(await ExistsAsync(scratch), Is.False);
    }

    [Test]
    public async Task A_backup_of_SQLite_restores_to_the_same_rows_and_leaves_nothing()
    {
        using var folder = new TempFolder();
        await DatabaseBackup.CreateAsync(Samples.CreateSqlite(folder["classic.db"]), folder["backup"]);

        var checks = await RestoreDrill.RunAsync(folder["backup"], DatabaseEndpoint.Parse($"sqlite://{folder["scratch/drill.db"]}"));

        Assert.That(checks.Select(check => (check.Name, check.MigratedRows)), Does.Contain(("users", 501L)));
        Assert.That(checks, Has.Count.EqualTo(6).And.All.Property(nameof(TableCheck.ChecksumEqual)).True);
        Assert.That(Directory.EnumerateFileSystemEntries(folder["scratch"]), Is.Empty);
    }

    [Test]
    public async Task A_database_of_another_encoding_restores_to_the_same_text()
    {
        using var folder = new TempFolder();
        var source = PostgresFixture.Endpoint($"latin_{Guid.NewGuid():n}");
        await PostgresFixture.ExecuteAsync(PostgresFixture.Endpoint("postgres"), $"CREATE DATABASE {source.Database} TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
        await PostgresFixture.ExecuteAsync(source, "CREATE TABLE t(note text); INSERT INTO t VALUES ('déjà vu')");
        await DatabaseBackup.CreateAsync(source, folder["backup"]);

        var checks = await RestoreDrill.RunAsync(folder["backup"], source.WithDatabase(source.Database + "_d"));

        Assert.That(checks, Is.EqualTo(new[] { new TableCheck("t", 1, 1, 0, true) }));
    }

    [Test]
    public async Task Another_dump_under_this_manifest_is_seen_row_by_row()
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync(Samples.Postgres);
        var manifest = await DatabaseBackup.CreateAsync(source, folder["backup"]);
        await PostgresFixture.ExecuteAsync(source, "UPDATE jobs SET prompt = prompt || ' ' WHERE id = 7; DELETE FROM media WHERE id = 9; DROP INDEX ix_jobs_user; CREATE TABLE more(id int)");
        var other = await DatabaseBackup.CreateAsync(source, folder["other"]);
        // Hashes all fit: only reading the restored rows can tell.
        ManifestFile.Write(folder["other"], manifest with { Files = other.Files });
        var scratch = source.WithDatabase(source.Database + "_drill");

        var error = Assert.ThrowsAsync<DatabaseException>(() => RestoreDrill.RunAsync(folder["other"], scratch));

        Assert.That(error!.Problems, Is.EquivalentTo(new[]
        {
            "jobs: 301 rows, but their checksum differs.",
            "media: expected 300 rows, restored 299.",
            "more: in the restored database, not in the backup's manifest.",
            "indexes: expected 7, restored 6.",
        }));
        Assert.That(await ExistsAsync(scratch), Is.False);
    }

    [Test]
    public async Task A_changed_copy_under_this_manifest_is_seen_on_SQLite()
    {
        using var folder = new TempFolder();
        var manifest = await DatabaseBackup.CreateAsync(Samples.CreateSqlite(folder["classic.db"]), folder["backup"]);
        await ChangeAsync(folder["backup"]);
        ManifestFile.Write(folder["backup"], manifest with { Files = await BackupFiles.HashAllAsync(folder["backup"], CancellationToken.None) });

        Assert.That(
            async () => await RestoreDrill.RunAsync(folder["backup"], DatabaseEndpoint.Parse($"sqlite://{folder["drill.db"]}")),
            Throws.TypeOf<DatabaseException>().With.Message.Contains("jobs: 3000 rows, but their checksum differs"));
    }

    [Test]
    public async Task A_tampered_backup_does_not_reach_the_server()
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync(Samples.Postgres);
        await DatabaseBackup.CreateAsync(source, folder["backup"]);
        File.AppendAllText(folder["backup/dump/toc.dat.zst"], "x");

        Assert.That(async () => await RestoreDrill.RunAsync(folder["backup"], source.WithDatabase("never_made")), Throws.TypeOf<DatabaseException>().With.Message.Contains("toc.dat.zst was changed"));
        Assert.That(await ExistsAsync(source.WithDatabase("never_made")), Is.False);
    }

    [Test]
    public async Task A_dump_that_does_not_restore_fails_with_what_pg_restore_said()
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync(Samples.Postgres);
        var manifest = await DatabaseBackup.CreateAsync(source, folder["backup"]);
        var data = Path.Combine(folder["backup"], manifest.Files.MaxBy(file => file.SizeBytes)!.Name);
        using (var file = File.OpenWrite(data))
            file.SetLength(file.Length / 2);
        ManifestFile.Write(folder["backup"], manifest with { Files = await BackupFiles.HashAllAsync(folder["backup"], CancellationToken.None) });
        var scratch = source.WithDatabase(source.Database + "_drill");

        Assert.That(async () => await RestoreDrill.RunAsync(folder["backup"], scratch), Throws.TypeOf<DatabaseException>());
        Assert.That(await ExistsAsync(scratch), Is.False);
    }

    [Test]
    public async Task Exit_code_1_of_pg_restore_is_a_failure_whatever_it_restored()
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync(Samples.Postgres);
        await DatabaseBackup.CreateAsync(source, folder["backup"]);
        var tools = FakeTool.Write(folder["bin"], "pg_restore", "15.0", "echo 'pg_restore: warning: errors ignored on restore: 1' >&2; exit 1");

        Assert.That(
            async () => await RestoreDrill.RunAsync(folder["backup"], source.WithDatabase(source.Database + "_drill"), tools),
            Throws.TypeOf<DatabaseException>().With.Message.Contains("exit code 1").And.Message.Contains("errors ignored"));
    }

    [Test]
    public async Task A_cancelled_drill_drops_its_database()
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync(Samples.Postgres);
        await DatabaseBackup.CreateAsync(source, folder["backup"]);
        var scratch = source.WithDatabase(source.Database + "_drill");
        using var stop = new CancellationTokenSource();

        Assert.That(
            async () => await RestoreDrill.RunAsync(folder["backup"], scratch, progress: (_, _) => stop.Cancel(), cancel: stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await ExistsAsync(scratch), Is.False);
    }

    [Test]
    public async Task A_database_of_somebody_is_refused_and_left_alone()
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync(Samples.Postgres);
        await DatabaseBackup.CreateAsync(source, folder["backup"]);
        var somebodys = await PostgresFixture.CreateDatabaseAsync("CREATE TABLE thesis AS SELECT 1 AS id");

        Assert.That(async () => await RestoreDrill.RunAsync(folder["backup"], somebodys), Throws.TypeOf<DatabaseException>().With.Message.Contains("no drill made and that holds data"));
        Assert.That(async () => await RestoreDrill.RunAsync(folder["backup"], source), Throws.TypeOf<DatabaseException>(), "the original itself");
        Assert.That(await PostgresFixture.ScalarAsync(somebodys, "SELECT count(*) FROM thesis"), Is.EqualTo(1));
    }

    [Test]
    public async Task What_a_killed_drill_left_is_replaced()
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync(Samples.Postgres);
        await DatabaseBackup.CreateAsync(source, folder["backup"]);
        var left = await PostgresFixture.CreateDatabaseAsync("CREATE TABLE users(id int)");
        await PostgresFixture.ExecuteAsync(left, $"COMMENT ON DATABASE {left.Database} IS 'seidra-cutover drill'");
        var unmarked = await PostgresFixture.CreateDatabaseAsync();

        foreach (var scratch in (DatabaseEndpoint[])[left, unmarked])
        {
            await RestoreDrill.RunAsync(folder["backup"], scratch);
            Assert.That(await ExistsAsync(scratch), Is.False);
        }
    }

    [Test]
    public async Task A_file_of_somebody_is_refused_and_what_a_drill_left_is_replaced()
    {
        using var folder = new TempFolder();
        var source = Samples.CreateSqlite(folder["classic.db"]);
        await DatabaseBackup.CreateAsync(source, folder["backup"]);

        Assert.That(async () => await RestoreDrill.RunAsync(folder["backup"], source), Throws.TypeOf<DatabaseException>().With.Message.Contains("no drill made"));
        Assert.That(File.Exists(source.Path));

        File.WriteAllText(folder["drill.db"], "half a copy");
        File.WriteAllText(folder["drill.db.seidra-drill"], "");
        Assert.That(await RestoreDrill.RunAsync(folder["backup"], source.WithDatabase("drill.db")), Has.Count.EqualTo(6));
    }

    [Test]
    public async Task A_role_that_may_not_create_databases_is_told_so()
    {
        using var folder = new TempFolder();
        var role = $"plain_{Guid.NewGuid():n}";
        var source = await PostgresFixture.CreateDatabaseAsync(Samples.Postgres + $"CREATE ROLE {role} LOGIN PASSWORD 'lesen-und-schreiben'");
        await DatabaseBackup.CreateAsync(source, folder["backup"]);
        var scratch = DatabaseEndpoint.Parse($"postgresql://{role}@{source.Host}:{source.Port}/plain_drill", "lesen-und-schreiben");

        Assert.That(async () => await RestoreDrill.RunAsync(folder["backup"], scratch), Throws.TypeOf<DatabaseException>().With.Message.Contains("permission denied to create database"));
    }

    [Test]
    public async Task A_scratch_of_the_other_engine_is_refused()
    {
        using var folder = new TempFolder();
        await DatabaseBackup.CreateAsync(Samples.CreateSqlite(folder["classic.db"]), folder["backup"]);

        Assert.That(async () => await RestoreDrill.RunAsync(folder["backup"], PostgresFixture.Endpoint("x")), Throws.TypeOf<DatabaseException>().With.Message.Contains("same engine"));
    }

    [Test]
    public async Task The_migration_in_place_runs_on_the_restored_copy_and_old_columns_stay([Values] DatabaseKind kind)
    {
        using var folder = new TempFolder();
        var (source, scratch) = await SourceAsync(kind, folder);
        await DatabaseBackup.CreateAsync(source, folder["backup"]);
        InPlaceResult? result = null;

        var checks = await RestoreDrill.RunAsync(folder["backup"], scratch, then: async (restored, stop) => result = await InPlaceMigration.ApplyAsync(restored, new InPlaceOptions(), stop));

        Assert.Multiple(() =>
        {
            Assert.That(result!.Added, Has.Count.EqualTo(5));
            Assert.That(checks, Has.All.Property(nameof(TableCheck.ChecksumEqual)).True);
            Assert.That(async () => (await InPlaceMigration.PlanAsync(source)).Missing, Has.Count.EqualTo(5), "Classic itself was not touched");
        });
        Assert.That(kind == DatabaseKind.PostgreSql ? await ExistsAsync(scratch) : File.Exists(scratch.Path), Is.False);
    }

    [TestCase(DatabaseKind.PostgreSql, "UPDATE jobs SET prompt = 'y' WHERE id = 7", "jobs: 301 rows, but their checksum differs.")]
    [TestCase(DatabaseKind.PostgreSql, "DELETE FROM personas WHERE id = 1", "personas: expected 100 rows, afterwards 99.")]
    [TestCase(DatabaseKind.Sqlite, "UPDATE jobs SET prompt = 'y' WHERE id = 7", "jobs: 3000 rows, but their checksum differs.")]
    [TestCase(DatabaseKind.Sqlite, "DELETE FROM personas WHERE id = 1", "personas: expected 1 rows, afterwards 0.")]
    public async Task A_step_that_changes_what_was_there_is_refused(DatabaseKind kind, string change, string problem)
    {
        using var folder = new TempFolder();
        var (source, scratch) = await SourceAsync(kind, folder);
        await DatabaseBackup.CreateAsync(source, folder["backup"]);

        var error = Assert.ThrowsAsync<DatabaseException>(() => RestoreDrill.RunAsync(folder["backup"], scratch, then: (restored, _) => InPlace.InPlaceClassic.ExecuteAsync(restored, change)));

        Assert.That(error!.Problems, Is.EqualTo(new[] { problem }));
        Assert.That(kind == DatabaseKind.PostgreSql ? await ExistsAsync(scratch) : File.Exists(scratch.Path), Is.False);
    }

    [Test]
    public async Task A_step_is_not_run_on_a_copy_that_differs()
    {
        using var folder = new TempFolder();
        var (_, scratch) = await SourceAsync(DatabaseKind.Sqlite, folder);
        var manifest = await DatabaseBackup.CreateAsync(scratch.WithDatabase("classic.db"), folder["backup"]);
        await ChangeAsync(folder["backup"]);
        ManifestFile.Write(folder["backup"], manifest with { Files = await BackupFiles.HashAllAsync(folder["backup"], CancellationToken.None) });
        var ran = false;

        Assert.That(
            async () => await RestoreDrill.RunAsync(folder["backup"], scratch, then: (_, _) => Task.FromResult(ran = true)),
            Throws.TypeOf<DatabaseException>().With.Message.Contains("does not restore to what was backed up"));
        Assert.That(ran, Is.False);
    }

    [TestCase(1, "backup.directory")]
    [TestCase(2, "ultimate.database.scratch")]
    public async Task No_space_for_the_drill_is_told_before_anything_is_restored(int enough, string setting)
    {
        using var folder = new TempFolder();
        var (source, scratch) = await SourceAsync(DatabaseKind.PostgreSql, folder);
        await DatabaseBackup.CreateAsync(source, folder["backup"]);
        var asked = 0;
        var tools = FakeTool.Write(folder["bin"], "pg_restore", "15.0", $"touch {folder["restored"]}");
        var request = new BackupRequest(tools, _ => ++asked < enough ? long.MaxValue : 5_000_000, Log: null, Progress: null);

        Assert.That(
            async () => await RestoreDrill.RunAsync(folder["backup"], scratch, request, then: null, CancellationToken.None),
            Throws.TypeOf<DatabaseException>().With.Message.Match($"restore drill needs .* MB free at .*, found 5.0 MB.*{setting}"));
        Assert.That(File.Exists(folder["restored"]), Is.False);
        Assert.That(await ExistsAsync(scratch), Is.False);
    }

    private static async Task<(DatabaseEndpoint Source, DatabaseEndpoint Scratch)> SourceAsync(DatabaseKind kind, TempFolder folder)
    {
        if (kind == DatabaseKind.Sqlite)
            return (Samples.CreateSqlite(folder["classic.db"]), DatabaseEndpoint.Parse($"sqlite://{folder["drill.db"]}"));
        var source = await PostgresFixture.CreateDatabaseAsync(Samples.Postgres);
        return (source, source.WithDatabase(source.Database + "_drill"));
    }

    private static async Task ChangeAsync(string backup)
    {
        var (packed, copy) = (Path.Combine(backup, SqliteBackup.FileName), backup + ".copy");
        await ZstdFile.UnpackAsync(packed, copy, CancellationToken.None);
        Samples.ExecuteSqlite(DatabaseEndpoint.Parse($"sqlite://{copy}"), "UPDATE jobs SET prompt = 'y' WHERE id = 7");
        File.Delete(packed);
        await ZstdFile.PackAsync(copy, packed, CancellationToken.None);
    }

    private static async Task<bool> ExistsAsync(DatabaseEndpoint database) =>
        (bool)(await PostgresFixture.ScalarAsync(PostgresFixture.Endpoint("postgres"), $"SELECT EXISTS (SELECT FROM pg_database WHERE datname = '{database.Database}')"))!;
}
