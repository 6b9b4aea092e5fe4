namespace Seidra.Database.Tests.Copy;

/// <summary>SIGKILL at random moments, from the first table to the last index: the next run goes on, and ends in the same rows.</summary>
public sealed class BulkKillTests
{
    private const int Rows = 6_000;
    private const int ChunkRows = 100;

    [TestCase(DatabaseKind.Sqlite, DatabaseKind.Sqlite)]
    [TestCase(DatabaseKind.Sqlite, DatabaseKind.PostgreSql)]
    [TestCase(DatabaseKind.PostgreSql, DatabaseKind.Sqlite)]
    [TestCase(DatabaseKind.PostgreSql, DatabaseKind.PostgreSql)]
    public async Task A_killed_copy_goes_on_and_ends_in_the_same_rows(DatabaseKind source, DatabaseKind target)
    {
        using var stage = await CopyStage.GeneratedAsync(source, target, rows: Rows);
        using var whole = await CopyStage.GeneratedAsync(source, target, rows: Rows);
        stage.Options = whole.Options = CopyStage.OptionsOf(CopyStage.Tuning with { ChunkRows = ChunkRows });
        await whole.CopyAsync();
        var seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var kills = 0;
        for (var attempt = 0; attempt < 6; attempt++)
        {
            using var victim = Victim.Start(typeof(CopyRole), [Url(stage.Stage.Source), Url(stage.Target), $"{ChunkRows}"], PostgresFixture.Server.Password);
            // Most kills fall into the copy; some before its first chunk.
            if (!await victim.SaysAsync(random.Next(4) == 0 ? "begins" : "rows"))
                break;
            await Task.Delay(random.Next(400));
            kills += victim.IsRunning ? 1 : 0;
            await victim.KillAsync();
            await AssertWholeAsync(stage);
        }

        var before = await ChunksAsync(stage);
        var result = await stage.CopyAsync();
        await stage.AssertProvenAsync(result);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(kills, Is.GreaterThan(0), "no copy was still running when it was to be killed");
            Assert.That(result.Tables.Sum(table => table.ChunksFound), Is.EqualTo(before), "what was committed is not copied again");
            Assert.That(await stage.FingerprintAsync(), Is.EqualTo(await whole.FingerprintAsync()), "a copy that was cut must end in the state of one that was not");
        }
    }

    /// <summary>Rows and ledger are one transaction: neither may know what the other does not.</summary>
    private static async Task AssertWholeAsync(CopyStage stage)
    {
        var plan = await stage.PlanAsync();
        await using var connection = await BulkCopy.OpenAsync(stage.Target, CancellationToken.None);
        await connection.PrepareLedgerAsync(stage.Target.Kind, CancellationToken.None);
        foreach (var table in plan.Tables.Select(TargetTable.Of))
        {
            var chunks = await ChunkLedger.ReadAsync(connection, table.Name, CancellationToken.None);
            var own = await ChunkLedger.OwnAsync(connection, table.Name, CancellationToken.None);
            var proof = (await TargetReader.ReadAsync(stage.Target, [table], null, CancellationToken.None))[table.Name];
            Assert.That(proof, Is.EqualTo(new TableProof(chunks.Sum(chunk => chunk.PlacedRows) - own, chunks.Aggregate(UInt128.Zero, (sum, chunk) => unchecked(sum + chunk.Sum)))), table.Name);
        }
    }

    private static async Task<int> ChunksAsync(CopyStage stage) => int.Parse((await stage.Stage.TargetValueAsync($"SELECT count(*) FROM {LedgerSchema.Chunks}"))!);

    private static string Url(DatabaseEndpoint endpoint) => endpoint.Kind == DatabaseKind.Sqlite ? $"sqlite://{endpoint.Path}" : PostgresFixture.Server.Url(endpoint.Database);
}
