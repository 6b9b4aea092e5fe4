using Seidra.Database.Tests.Migration;
using SandboxShape = Seidra.Sandbox.Data.ClassicShape;

namespace Seidra.Database.Tests.Copy;

/// <summary>A Classic, an empty Ultimate, and the bulk copy between them in small chunks, with indexes taken off every table.</summary>
internal sealed class CopyStage : IDisposable
{
    private readonly Stage _stage;

    private CopyStage(Stage stage) => _stage = stage;

    public static BulkTuning Tuning { get; } = new() { ChunkRows = 50, BareRows = 1 };

    public Stage Stage => _stage;

    public DatabaseEndpoint Target => _stage.Target;

    public MigrationOptions Options { get; set; } = OptionsOf(Tuning);

    public static MigrationOptions OptionsOf(BulkTuning tuning) => new() { MapMediaPath = path => $"/srv/media/{path.Split('/')[^1]}", Bulk = tuning };

    public static async Task<CopyStage> GeneratedAsync(DatabaseKind source, DatabaseKind target, SandboxShape shape = SandboxShape.Classic, int rows = 1_000) =>
        new(await Stage.GeneratedAsync(source, target, shape, rows));

    public static async Task<CopyStage> ScriptedAsync(DatabaseKind source, DatabaseKind target, string script) =>
        new(await Stage.ScriptedAsync(source, target, script));

    public async Task<BulkResult> CopyAsync(DatabaseEndpoint? target = null, CancellationToken cancel = default) =>
        await BulkCopy.RunAsync(_stage.Source, target ?? Target, await PlanAsync(), Options, cancel);

    public Task<MigrationPlan> PlanAsync() => _stage.PlanAsync(new PlanOptions { AcceptUnmapped = ["alembic_version"] });

    public async Task ResetAsync() => await BulkCopy.ResetAsync(Target, await PlanAsync(), Options);

    /// <summary>Every row of Ultimate and of the ledger as text, to compare two states.</summary>
    public async Task<string> FingerprintAsync()
    {
        var all = new List<string>();
        foreach (var table in UltimateTables.All.Select(table => table.Name).Concat(LedgerSchema.All))
        {
            await using var connection = await Stage.OpenAsync(Target);
            // How the chunks were cut and which bounds they have is part of the state; the password of a new account is not.
            await using var command = connection.Sql($"SELECT * FROM {table}");
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<string>();
            while (await reader.ReadAsync())
                rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(field => reader.IsDBNull(field) ? "∅" : reader.GetValue(field) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(field).ToString())));
            all.Add($"{table}: {rows.Count}");
            all.AddRange(rows.Order(StringComparer.Ordinal));
        }

        return string.Join('\n', all);
    }

    /// <summary>Rows are those of the ledger, and Ultimate's schema is as it was.</summary>
    public async Task AssertProvenAsync(BulkResult result)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await TargetReader.DifferencesAsync(Target, await PlanAsync(), result, CancellationToken.None), Is.Empty);
            Assert.That((await UltimateSchema.VerifyAsync(Target)).Differences, Is.Empty);
            Assert.That(result.Tables, Has.All.Matches<BulkTable>(table => table.SourceRows == table.PlacedRows + table.AsideRows));
        }
    }

    public void Dispose() => _stage.Dispose();
}
