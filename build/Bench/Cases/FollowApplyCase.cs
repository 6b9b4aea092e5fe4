using System.Diagnostics;

namespace Seidra.Cutover.Bench;

/// <summary>How fast a backlog of changes is applied.</summary>
internal sealed class FollowApplyCase : IBenchCase
{
    private const string Row = "follow-apply";
    private const int PerTransaction = 200;

    // 60 jobs, their 60 media, 70 changed jobs and 10 deleted media in one transaction, spread over the tables.
    private const string Changes = """
        WITH job AS (
          INSERT INTO jobs (user_id, job_type, prompt, negative_prompt, model_name, parameters, status, progress, result_images, metadata, created_at, updated_at)
          SELECT 2, 'image', 'backlog ' || @batch || '/' || n || repeat(' brume d''été', 15), '', 'sdxl-base', '{"width": 768, "seed": 42}', 'pending', 0.1, '[]', '{}', now(), now()
          FROM generate_series(1, 60) n RETURNING id),
        item AS (
          INSERT INTO media (user_id, job_id, file_path, file_type, mime_type, metadata, tags, created_at)
          SELECT 2, id, 'backlog/' || id || '.png', 'image', 'image/png', '{}', '["été"]', now() FROM job RETURNING id),
        changed AS (
          UPDATE jobs SET progress = 0.75, status = 'completed', updated_at = now()
          WHERE id = ANY (ARRAY(SELECT (@batch * 70 + n)::bigint * 7919 % @rows + 1 FROM generate_series(1, 70) n)) RETURNING id),
        deleted AS (
          DELETE FROM media
          WHERE id = ANY (ARRAY(SELECT (@batch * 10 + n)::bigint * 104729 % @rows + 1 FROM generate_series(1, 10) n)) RETURNING id)
        SELECT (SELECT count(*) FROM job) + (SELECT count(*) FROM item) + (SELECT count(*) FROM changed) + (SELECT count(*) FROM deleted)
        """;

    /// <inheritdoc/>
    public IReadOnlyList<string> RowNames { get; } = [Row];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRig rig, IReadOnlyCollection<string> wanted, CancellationToken cancel)
    {
        var batches = Math.Max(2, rig.Request.Rows / 5 / PerTransaction);
        var rates = new List<double>();
        await using var classic = await LiveClassic.CreateAsync(rig, rig.Request.Rows, sqlite: false, cancel);
        await using var migration = await LiveMigration.StartAsync(rig, classic.Classic, classic.Ultimate, cancel);
        for (var round = 0; round < rig.Request.Repeat; round++)
        {
            var changes = await WriteAsync(rig, LiveClassic.ClassicDatabase, round * batches, batches, cancel);
            var watch = Stopwatch.StartNew();
            await migration.DoAsync(LiveDialog.CatchUp, cancel);
            rates.Add(changes / watch.Elapsed.TotalSeconds);
            rig.Log.Line(FormattableString.Invariant($"backlog {round + 1} of {rig.Request.Repeat}: {changes} changes applied at {rates[^1]:0} rows/s"));
            await CheckAsync(rig, cancel);
        }

        var cost = await migration.EndAsync(cancel);
        return
        [
            new BenchRow(Row)
            {
                Ours = cost,
                Figures = new Dictionary<string, Figure>
                {
                    ["rowsPerS"] = new(Statistics.Median(rates), "row changes/s", 10_000, AtLeast: true),
                    ["backlog"] = new(batches * PerTransaction, "row changes"),
                },
            },
        ];
    }

    private static async Task<long> WriteAsync(BenchRig rig, string database, int first, int batches, CancellationToken cancel)
    {
        var changes = 0L;
        await using var connection = await rig.Server.OpenAsync(database, cancel);
        await using var command = new Npgsql.NpgsqlCommand(Changes, connection);
        command.Parameters.AddWithValue("rows", rig.Request.Rows);
        var batch = command.Parameters.AddWithValue("batch", 0);
        await command.PrepareAsync(cancel);
        for (var number = first; number < first + batches; number++)
        {
            batch.Value = number;
            changes += (long)(await command.ExecuteScalarAsync(cancel))!;
        }

        return changes;
    }

    private static async Task CheckAsync(BenchRig rig, CancellationToken cancel)
    {
        foreach (var (what, classic, ultimate) in new[]
        {
            ("jobs", "SELECT count(*) FROM jobs", "SELECT count(*) FROM generation_jobs"),
            ("media", "SELECT count(*) FROM media", "SELECT count(*) FROM media_items"),
            ("changed jobs", "SELECT count(*) FROM jobs WHERE progress = 0.75", "SELECT count(*) FROM generation_jobs WHERE progress = 0.75"),
        })
        {
            var expected = await rig.Server.CountAsync(LiveClassic.ClassicDatabase, classic, cancel);
            var found = await rig.Server.CountAsync(LiveClassic.UltimateDatabase, ultimate, cancel);
            if (expected != found)
            {
                throw new BenchException($"Expected the backlog applied: {expected} {what}, found {found} in Ultimate.");
            }
        }
    }
}
