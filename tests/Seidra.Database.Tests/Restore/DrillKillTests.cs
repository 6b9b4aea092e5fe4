namespace Seidra.Database.Tests.Restore;

public sealed class DrillKillTests
{
    [Test]
    public async Task Killed_at_any_moment_the_next_drill_succeeds_and_cleans_up([Values(1, 2, 3, 4)] int seed)
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync("CREATE TABLE t AS SELECT i AS id, repeat(md5(i::text), 20) AS note FROM generate_series(1, 60000) i; CREATE INDEX ON t(note)");
        await DatabaseBackup.CreateAsync(source, folder["backup"]);
        var scratch = source.WithDatabase(source.Database + "_drill");
        using (var victim = Victim.Start(typeof(DrillRole), [folder["backup"], scratch.Display], PostgresFixture.Server.Password))
        {
            await victim.SaysAsync("started");
            await Task.Delay(new Random(seed).Next(1500));
            await victim.KillAsync();
        }

        var checks = await RestoreDrill.RunAsync(folder["backup"], scratch);

        Assert.That(checks, Is.EqualTo(new[] { new TableCheck("t", 60000, 60000, 0, true) }));
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.EqualTo(new[] { folder["backup"] }));
        Assert.That(
            await PostgresFixture.ScalarAsync(PostgresFixture.Endpoint("postgres"), $"SELECT count(*) FROM pg_database WHERE datname = '{scratch.Database}'"),
            Is.Zero);
    }
}
