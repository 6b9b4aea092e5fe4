namespace Seidra.Database.Tests.Migration;

/// <summary>SIGKILL in the middle of a pass: what is committed is whole, and the next pass finishes.</summary>
public sealed class MigrationKillTests
{
    [TestCase(DatabaseKind.Sqlite, DatabaseKind.Sqlite)]
    [TestCase(DatabaseKind.Sqlite, DatabaseKind.PostgreSql)]
    [TestCase(DatabaseKind.PostgreSql, DatabaseKind.PostgreSql)]
    public async Task A_killed_pass_is_finished_by_the_next(DatabaseKind source, DatabaseKind target)
    {
        using var stage = await Stage.GeneratedAsync(source, target, rows: 4_000);
        using var whole = await Stage.GeneratedAsync(source, target, rows: 4_000);
        await whole.MoveAsync();
        var seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var kills = 0;
        for (var attempt = 0; attempt < 4; attempt++)
        {
            using var victim = Victim.Start(typeof(MigrationRole), [Url(stage.Source), Url(stage.Target), "50"], PostgresFixture.Server.Password);
            if (!await victim.SaysAsync("rows"))
                break;
            await Task.Delay(random.Next(120));
            kills += victim.IsRunning ? 1 : 0;
            await victim.KillAsync();
            await AssertWholeAsync(stage);
        }

        await stage.MoveAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(kills, Is.GreaterThan(0), "no pass was still running when it was to be killed");
            Assert.That((await stage.VerifyAsync()).Differences, Is.Empty);
            Assert.That(await stage.FingerprintAsync(), Is.EqualTo(await whole.FingerprintAsync()), "a cut pass must end in the state of one that was not cut");
        }
    }

    /// <summary>Rows and ledger are one transaction: neither may know a row that the other does not.</summary>
    private static async Task AssertWholeAsync(Stage stage)
    {
        foreach (var table in new[] { "users", "personas", "generation_jobs", "media_items" })
        {
            var there = await stage.TargetValueAsync($"SELECT count(*) FROM {table}");
            var noted = await stage.TargetValueAsync($"SELECT coalesce(sum(placed_rows), 0) FROM seidra_cutover_chunks WHERE table_name = '{table}'");
            Assert.That(there, Is.EqualTo(noted), table);
        }
    }

    private static string Url(DatabaseEndpoint endpoint) =>
        endpoint.Kind == DatabaseKind.Sqlite ? $"sqlite://{endpoint.Path}" : PostgresFixture.Server.Url(endpoint.Database);
}
