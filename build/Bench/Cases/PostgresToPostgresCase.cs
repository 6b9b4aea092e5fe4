namespace Seidra.Cutover.Bench;

/// <summary>Classic to Ultimate on one PostgreSQL server, transforming, beside tools that copy rows as they are.</summary>
internal sealed class PostgresToPostgresCase : IBenchCase
{
    private const string DumpRestore = "postgres-to-postgres-dump-restore";
    private const string Pgcopydb = "postgres-to-postgres-pgcopydb";

    /// <inheritdoc/>
    public IReadOnlyList<string> RowNames { get; } = [DumpRestore, Pgcopydb];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRig rig, IReadOnlyCollection<string> wanted, CancellationToken cancel)
    {
        var classic = rig.Server.Url(await rig.PostgresClassicAsync(rig.Request.Rows, cancel));
        var ours = Migrations.Ours(rig, classic, verify: false);
        var entries = new List<ContestEntry>();
        if (wanted.Contains(DumpRestore))
        {
            var dump = await PeerTool.FindAsync("pg_dump", "postgresql-client", rig.Log, cancel);
            var restore = await PeerTool.FindAsync("pg_restore", "postgresql-client", rig.Log, cancel);
            var missing = dump.Reason ?? restore.Reason;
            entries.Add(new ContestEntry(
                DumpRestore, ours, missing is null ? PostgresTools.DumpRestore(rig, dump, restore, classic) : null, missing, new Ratio(1)));
        }

        if (wanted.Contains(Pgcopydb))
        {
            var tool = await PeerTool.FindAsync("pgcopydb", "pgcopydb", rig.Log, cancel);
            entries.Add(new ContestEntry(
                Pgcopydb, ours, tool.Path is null ? null : PostgresTools.Pgcopydb(rig, tool, classic), tool.Reason, new Ratio(1)));
        }

        return await ContestEntry.RunAsync(entries, rig, cancel);
    }
}
