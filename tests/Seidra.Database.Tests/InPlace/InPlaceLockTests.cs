using Microsoft.Data.Sqlite;
using Seidra.Database.Tests.Freeze;

namespace Seidra.Database.Tests.InPlace;

/// <summary>The migration in place beside long transactions: clients go on, and it waits its turn.</summary>
public sealed class InPlaceLockTests
{
    private const string Read = "SELECT count(*) FROM personas JOIN jobs USING (user_id) CROSS JOIN media";

    /// <summary>Ten times what a try may wait; a client that queues behind one for longer fails by its own time-out.</summary>
    private const int ClientPatienceMs = 2000;

    [Test]
    public async Task Beside_a_long_transaction_on_PostgreSQL_clients_go_on_reading()
    {
        var classic = await PostgresFixture.CreateDatabaseAsync(InPlaceClassic.Script);
        await using var holder = await classic.OpenPostgresAsync(CancellationToken.None);
        await FrozenClassic.PostgresExecuteAsync(holder, "BEGIN; SELECT count(*) FROM media");
        await using var client = await classic.OpenPostgresAsync(CancellationToken.None);
        await FrozenClassic.PostgresExecuteAsync(client, $"SET lock_timeout = {ClientPatienceMs}");
        var migration = InPlaceMigration.ApplyAsync(classic, new InPlaceOptions());

        await WaitForQueueAsync(classic);
        // Longer than a client's patience, so that one that had to wait for the long transaction would have failed.
        for (var end = DateTime.UtcNow.AddMilliseconds(2 * ClientPatienceMs); DateTime.UtcNow < end; await Task.Delay(20))
            Assert.That(await FrozenClassic.TryAsync(client, "", Read), Is.Null);
        var waited = !migration.IsCompleted;
        await FrozenClassic.PostgresExecuteAsync(holder, "COMMIT");
        var result = await migration;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(waited, Is.True, "the long transaction held it up");
            Assert.That(result.Added, Has.Count.EqualTo(5));
            Assert.That(result.Tries, Is.GreaterThan(1));
        }
    }

    [Test]
    public async Task Beside_a_long_reader_on_SQLite_without_WAL_clients_go_on_reading()
    {
        using var folder = new TempFolder();
        var classic = await InPlaceClassic.CreateAsync(DatabaseKind.Sqlite, folder, InPlaceClassic.Script, "DELETE");
        await using var holder = await classic.OpenSqliteAsync(SqliteOpenMode.ReadOnly, CancellationToken.None);
        SQLitePCL.raw.sqlite3_exec(holder.Handle, "BEGIN; SELECT count(*) FROM jobs");
        await using var client = await classic.OpenSqliteAsync(SqliteOpenMode.ReadOnly, CancellationToken.None);
        SQLitePCL.raw.sqlite3_busy_timeout(client.Handle, ClientPatienceMs);
        var asked = 0;
        var migration = Task.Run(() => InPlaceMigration.ApplyAsync(classic, new InPlaceOptions(), () => Interlocked.Increment(ref asked), CancellationToken.None));

        for (var end = DateTime.UtcNow.AddMilliseconds(2 * ClientPatienceMs); DateTime.UtcNow < end || Volatile.Read(ref asked) < 2; await Task.Delay(20))
            Assert.That(SQLitePCL.raw.sqlite3_exec(client.Handle, Read), Is.EqualTo(SQLitePCL.raw.SQLITE_OK));
        var waited = !migration.IsCompleted;
        SQLitePCL.raw.sqlite3_exec(holder.Handle, "COMMIT");
        var result = await migration;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(waited, Is.True, "the long transaction held it up");
            Assert.That(result.Added, Has.Count.EqualTo(5));
            Assert.That(result.Tries, Is.GreaterThan(1));
        }
    }

    [Test]
    public async Task Whoever_holds_the_tables_all_the_time_is_named_and_nothing_is_left()
    {
        var classic = await PostgresFixture.CreateDatabaseAsync(InPlaceClassic.Script);
        var before = await InPlaceClassic.CatalogAsync(classic);
        await using var holder = await classic.OpenPostgresAsync(CancellationToken.None);
        await FrozenClassic.PostgresExecuteAsync(holder, "SET application_name = 'nightly report'; BEGIN; SELECT count(*) FROM jobs");

        var error = Assert.ThrowsAsync<DatabaseException>(() => InPlaceMigration.ApplyAsync(classic, new InPlaceOptions { Patience = TimeSpan.FromSeconds(3) }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Message, Does.Contain($"pid {holder.ProcessID}").And.Contain("nightly report").And.Contain("Nothing was changed"));
            Assert.That(await InPlaceClassic.CatalogAsync(classic), Is.EqualTo(before));
            Assert.That(await FrozenClassic.TryAsync(classic, "INSERT INTO jobs VALUES (9, 1, 'x')"), Is.Null, "no lock is left");
        }
    }

    [Test]
    public async Task A_process_that_hangs_in_the_middle_loses_the_lock_and_leaves_nothing()
    {
        var classic = await PostgresFixture.CreateDatabaseAsync(InPlaceClassic.Script);
        using var victim = Victim.Start(typeof(InPlaceRole), [classic.Display], PostgresFixture.Server.Password);
        Assert.That(await victim.SaysAsync("in the middle"), Is.True);
        Assert.That(await FrozenClassic.TryAsync(classic, Read), Does.StartWith("55P03"), "it holds the lock");

        await using var client = await classic.OpenPostgresAsync(CancellationToken.None);
        Assert.That(await FrozenClassic.TryAsync(client, "SET lock_timeout = '60s'", Read), Is.Null);
        Assert.That(victim.IsRunning, Is.True);
        Assert.That(await InPlaceClassic.CatalogAsync(classic), Does.Not.Contain("favorite"));
        await victim.KillAsync();
    }

    [Test]
    public async Task No_table_is_rewritten()
    {
        const string Files = "SELECT string_agg(pg_relation_filenode(oid)::text, ' ' ORDER BY relname) FROM pg_class WHERE relname IN ('personas', 'jobs', 'media')";
        var classic = await PostgresFixture.CreateDatabaseAsync(InPlaceClassic.Script);
        var before = await PostgresFixture.ScalarAsync(classic, Files);
        await InPlaceMigration.ApplyAsync(classic, new InPlaceOptions());
        Assert.That(await PostgresFixture.ScalarAsync(classic, Files), Is.EqualTo(before));
    }

    [Test]
    public async Task A_role_that_does_not_own_the_tables_is_told_which()
    {
        var role = $"reader_{Guid.NewGuid():n}";
        var classic = await PostgresFixture.CreateDatabaseAsync($"{InPlaceClassic.Script} CREATE ROLE {role} LOGIN PASSWORD 'lesen-und-schreiben'; ALTER TABLE media OWNER TO {role}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}");
        var reader = DatabaseEndpoint.Parse(classic.Display.Replace("seidra@", role + "@", StringComparison.Ordinal), "lesen-und-schreiben");

        var error = Assert.ThrowsAsync<DatabaseException>(() => InPlaceMigration.ApplyAsync(reader, new InPlaceOptions()));

        Assert.That(error.Problems, Is.EqualTo(new[] { $"jobs (owner seidra): not owned by '{role}'.", $"personas (owner seidra): not owned by '{role}'." }));
        await PostgresFixture.ExecuteAsync(classic, $"DROP OWNED BY {role}; DROP ROLE {role}");
    }

    private static async Task WaitForQueueAsync(DatabaseEndpoint classic)
    {
        while (await PostgresFixture.ScalarAsync(classic, "SELECT count(*) FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock' AND relation = 'media'::regclass") is 0L)
            await Task.Delay(10);
    }
}
