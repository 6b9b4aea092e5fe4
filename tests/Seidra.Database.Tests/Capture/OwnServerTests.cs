using Seidra.Sandbox.Machines;

namespace Seidra.Database.Tests.Capture;

/// <summary>What takes a server of its own: restarts, crashes, and a slot that asked too much of the disk.</summary>
public sealed class OwnServerTests
{
    private readonly TempFolder _folder = new();
    private LocalPostgres _server = null!;
    private int _databases;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var settings = new Dictionary<string, string> { ["max_slot_wal_keep_size"] = "32MB", ["wal_keep_size"] = "0", ["min_wal_size"] = "32MB", ["max_wal_size"] = "48MB" };
        _server = await LocalPostgres.StartAsync(_folder.Path, new LocalPostgresOptions { Settings = settings });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [TestCase(CaptureKind.Logical, false)]
    [TestCase(CaptureKind.Logical, true)]
    [TestCase(CaptureKind.Triggers, false)]
    [TestCase(CaptureKind.Triggers, true)]
    public async Task The_server_restarts_while_it_is_followed(CaptureKind kind, bool crash)
    {
        using var database = await DatabaseAsync();
        await using var capture = await database.FollowAsync(kind);
        await database.ExecuteAsync("INSERT INTO users VALUES (1, 'before'), (2, 'unconfirmed')");
        await using (var first = await capture.ReadAsync(CancellationToken.None))
            Assert.That(first.Keys["users"], Has.Count.EqualTo(2));
        var waiting = Task.Run(() => capture.WaitAsync(TimeSpan.FromSeconds(1), CancellationToken.None));
        if (crash)
            await _server.KillAsync();
        else
            await _server.StopAsync();
        var reading = Task.Run(() => capture.ReadAsync(CancellationToken.None));
        await Task.Delay(500);
        await _server.RestartAsync();
        await using (var second = await reading)
        {
            Assert.That(second.Keys["users"], Has.Count.EqualTo(2), "what was not confirmed comes again");
            await capture.ConfirmAsync(second, CancellationToken.None);
        }

        await waiting;
        await database.ExecuteAsync("INSERT INTO users VALUES (3, 'after')");
        await using (var third = await capture.ReadAsync(CancellationToken.None))
            Assert.That(third.Keys["users"], Does.Contain(new KeyId(3, null)));
        Assert.That(await ChangeCapture.IsContinuousAsync(database.Endpoint, CapturedDatabase.Tables, "e1"), Is.True);
        await ChangeCapture.RemoveAsync(database.Endpoint);
    }

    [Test]
    public async Task A_slot_that_lost_WAL_is_told_and_begins_again()
    {
        using var database = await DatabaseAsync();
        await (await database.FollowAsync(CaptureKind.Logical)).DisposeAsync();
        var fine = await ChangeCapture.StateAsync(database.Endpoint);
        for (var segment = 0; segment < 6; segment++)
            await database.ExecuteAsync("INSERT INTO users VALUES (1, 'x'); DELETE FROM users; SELECT pg_switch_wal()");
        await database.ExecuteAsync("CHECKPOINT");
        var state = await ChangeCapture.StateAsync(database.Endpoint);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((fine.IsLost, fine.Warnings.Count), Is.EqualTo((false, 0)));
            Assert.That(state.IsLost, Is.True);
            Assert.That(state.Warnings, Has.Some.Contains("max_slot_wal_keep_size"));
            Assert.That(() => ChangeCapture.OpenAsync(database.Endpoint, CapturedDatabase.Tables, "e1", null), Throws.TypeOf<DatabaseException>().With.Message.Contains("--target=MigrateDatabase"));
        }

        await (await database.FollowAsync(CaptureKind.Logical, "e2")).DisposeAsync();
        Assert.That((await ChangeCapture.StateAsync(database.Endpoint)).IsLost, Is.False);
        await ChangeCapture.RemoveAsync(database.Endpoint);
    }

    private async Task<CapturedDatabase> DatabaseAsync()
    {
        var name = $"own{++_databases}";
        await _server.CreateDatabaseAsync(name);
        return await CapturedDatabase.PostgresAsync(DatabaseEndpoint.Parse(_server.Url(name), _server.Password));
    }
}
