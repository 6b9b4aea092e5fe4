namespace Seidra.Cutover.Bench;

/// <summary>Classic on SQLite to Ultimate on PostgreSQL, beside pgloader.</summary>
internal sealed class SqliteToPostgresCase : IBenchCase
{
    private const string Plain = "sqlite-to-postgres";
    private const string Verified = "sqlite-to-postgres-verified";

    /// <inheritdoc/>
    public IReadOnlyList<string> RowNames { get; } = [Plain, Verified];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRig rig, IReadOnlyCollection<string> wanted, CancellationToken cancel)
    {
        var file = rig.SqliteClassic(rig.Request.Rows, cancel);
        var tool = await PeerTool.FindAsync("pgloader", "pgloader", rig.Log, cancel);
        var peer = tool.Path is null ? null : Pgloader.Contestant(rig, tool, file);
        ContestEntry[] entries =
        [
            new(Plain, Migrations.Ours(rig, $"sqlite://{file}", verify: false), peer, tool.Reason, new Ratio(0.5, 0.25, 0.15)),
            new(Verified, Migrations.Ours(rig, $"sqlite://{file}", verify: true), peer, tool.Reason, new Ratio(0.75)),
        ];
        return await ContestEntry.RunAsync([.. entries.Where(entry => wanted.Contains(entry.Row))], rig, cancel);
    }
}
