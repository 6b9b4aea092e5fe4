using Seidra.Sandbox.Machines;

namespace Seidra.Database.Tests.Capture;

/// <summary>Where logical replication is not possible, each reason is named with what to set, and triggers do it.</summary>
public sealed class ObstacleTests
{
    [Test]
    public async Task A_server_that_is_ready_has_none()
    {
        using var database = await CapturedDatabase.PostgresAsync();
        Assert.That(await ChangeCapture.ObstaclesAsync(database.Endpoint, CapturedDatabase.Tables), Is.Empty);
    }

    [Test]
    public async Task A_server_without_logical_WAL_is_followed_by_triggers()
    {
        using var folder = new TempFolder();
        var settings = new Dictionary<string, string> { ["wal_level"] = "replica", ["max_replication_slots"] = "1", ["max_wal_senders"] = "0", ["fsync"] = "off" };
        await using var server = await LocalPostgres.StartAsync(folder.Path, new LocalPostgresOptions { Settings = settings });
        using var database = await CapturedDatabase.PostgresAsync(DatabaseEndpoint.Parse(server.Url("postgres"), server.Password));
        await database.ExecuteAsync("SELECT pg_create_physical_replication_slot('standby')");
        var obstacles = await ChangeCapture.ObstaclesAsync(database.Endpoint, CapturedDatabase.Tables);
        var lines = new List<string>();
        var kind = await ChangeCapture.InstallAsync(database.Endpoint, CapturedDatabase.Tables, "e1", new CaptureOptions(), lines.Add);
        await database.ExecuteAsync("INSERT INTO users VALUES (1, 'x')");
        await using (var capture = await ChangeCapture.OpenAsync(database.Endpoint, CapturedDatabase.Tables, "e1", null))
        await using (var set = await capture.ReadAsync(CancellationToken.None))
            Assert.That((kind, set.Keys["users"].Count), Is.EqualTo((CaptureKind.Triggers, 1)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(obstacles, Has.Count.EqualTo(3));
            Assert.That(obstacles, Has.One.Contains("ALTER SYSTEM SET wal_level = 'logical'"));
            Assert.That(obstacles, Has.One.Contains("all 1 replication slots are taken").And.One.Contains("ALTER SYSTEM SET max_replication_slots = 5"));
            Assert.That(obstacles, Has.One.Contains("max_wal_senders"));
            Assert.That(lines, Is.EqualTo([.. obstacles.Select(obstacle => $"No logical replication: {obstacle}"), "Triggers note the changes of 3 tables"]));
            Assert.That(
                () => ChangeCapture.InstallAsync(database.Endpoint, CapturedDatabase.Tables, "e2", new CaptureOptions { Prefer = CaptureKind.Logical }, null),
                Throws.TypeOf<DatabaseException>().With.Message.Contains("wal_level").And.Message.Contains("take triggers"));
            Assert.That(await ChangeCapture.IsContinuousAsync(database.Endpoint, CapturedDatabase.Tables, "e1"), Is.True, "a refusal leaves what was there");
        }
    }

    [Test]
    public async Task A_role_without_rights_is_told_each_of_them()
    {
        using var database = await CapturedDatabase.PostgresAsync();
        var role = $"poor_{database.Endpoint.Database}";
        await database.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'p'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}");
        var url = PostgresFixture.Server.Url(database.Endpoint.Database).Replace($"{PostgresFixture.Server.User}@", $"{role}@", StringComparison.Ordinal);
        var poor = DatabaseEndpoint.Parse(url, "p");
        var obstacles = await ChangeCapture.ObstaclesAsync(poor, CapturedDatabase.Tables);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(obstacles, Has.One.Contains($"ALTER ROLE \"{role}\" REPLICATION"));
            Assert.That(obstacles, Has.One.Contains($"GRANT CREATE ON DATABASE \"{database.Endpoint.Database}\" TO \"{role}\""));
            Assert.That(obstacles, Has.Exactly(3).Contains("does not own table"));
            Assert.That(() => ChangeCapture.InstallAsync(poor, CapturedDatabase.Tables, "e1", new CaptureOptions(), null), Throws.TypeOf<DatabaseException>().With.Message.Contains(role));
            Assert.That((await ChangeCapture.StateAsync(database.Endpoint)).Kind, Is.Null);
        }

        await ChangeCapture.RemoveAsync(database.Endpoint);
        await database.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
    }

    [TestCase("ALTER TABLE users REPLICA IDENTITY NOTHING", "users tells replicas no id")]
    [TestCase("ALTER TABLE jobs DROP CONSTRAINT jobs_pkey", "jobs tells replicas no id")]
    [TestCase("ALTER TABLE jobs DROP CONSTRAINT jobs_user_id_fkey; ALTER TABLE users SET UNLOGGED", "ALTER TABLE \"public\".\"users\" SET LOGGED")]
    public async Task A_table_that_cannot_be_published_is_named(string ddl, string said)
    {
        using var database = await CapturedDatabase.PostgresAsync();
        await database.ExecuteAsync(ddl);
        Assert.That(await ChangeCapture.ObstaclesAsync(database.Endpoint, CapturedDatabase.Tables), Has.One.Contains(said));
    }

    [TestCase("ALTER TABLE jobs DROP CONSTRAINT jobs_pkey; ALTER TABLE jobs REPLICA IDENTITY FULL", TestName = "The whole row as replica identity")]
    [TestCase("ALTER TABLE jobs DROP CONSTRAINT jobs_pkey; ALTER TABLE jobs ADD UNIQUE (id, prompt), ALTER prompt SET NOT NULL; ALTER TABLE jobs REPLICA IDENTITY USING INDEX jobs_id_prompt_key", TestName = "An index as replica identity")]
    [TestCase("ALTER TABLE jobs DROP CONSTRAINT jobs_pkey, ADD PRIMARY KEY (prompt, id)", TestName = "A key of two columns")]
    public async Task Any_identity_that_holds_the_key_will_do(string ddl)
    {
        using var database = await CapturedDatabase.PostgresAsync();
        await database.ExecuteAsync(ddl + "; INSERT INTO users VALUES (1, 'a'); INSERT INTO jobs VALUES (1, 1, 'a', 'b'), (2, 1, 'c', repeat('d', 5000)), (3, 1, 'e', 'f')");
        await using (var capture = await database.FollowAsync(CaptureKind.Logical))
        {
            await database.ExecuteAsync("UPDATE jobs SET big = big || 'x' WHERE id = 1; UPDATE jobs SET prompt = 'new' WHERE id = 2; UPDATE jobs SET id = 9 WHERE id = 3; DELETE FROM jobs WHERE id = 1");
            await using var set = await capture.ReadAsync(CancellationToken.None);
            Assert.That(set.Keys["jobs"].Select(key => key.Number), Is.EquivalentTo([1, 2, 3, 9]));
        }

        await ChangeCapture.RemoveAsync(database.Endpoint);
    }

    [TestCase("nothing", "id", "Expected a table nothing")]
    [TestCase("users", "number", "to have its key column number")]
    public async Task A_table_that_is_not_there_is_told_by_both_engines(string table, string key, string said)
    {
        using var server = await CapturedDatabase.PostgresAsync();
        using var file = CapturedDatabase.Sqlite(wal: true);
        foreach (var endpoint in new[] { server.Endpoint, file.Endpoint })
        {
            Assert.That(() => ChangeCapture.InstallAsync(endpoint, [new(table, key)], "e", new CaptureOptions(), null), Throws.TypeOf<DatabaseException>().With.Message.Contains(said));
            Assert.That((await ChangeCapture.StateAsync(endpoint)).Kind, Is.Null);
        }
    }
}
