using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace Seidra.Cutover.Bench;

/// <summary>
/// Two clients that change a thousand rows a second in Classic on PostgreSQL, in transactions of five rows of which one is a
/// marker, and a third that looks every few milliseconds which markers Ultimate shows.
/// </summary>
internal sealed class SteadyLoad(BenchServer server)
{
    /// <summary>Rows that change in a second.</summary>
    public const int RowsPerSecond = Writers * RowsPerTransaction * TransactionsPerSecond;

    private const int Writers = 2;
    private const int RowsPerTransaction = 5;
    private const int TransactionsPerSecond = 100;
    private const int LookEveryMs = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private const string Transaction = """
        WITH job AS (
          INSERT INTO jobs (user_id, job_type, prompt, negative_prompt, model_name, parameters, status, progress, result_images, metadata, created_at, updated_at)
          VALUES (2, 'image', 'steady load', '', 'sdxl-base', '{"width": 768}', 'pending', 0, '[]', '{}', now(), now()) RETURNING id),
        item AS (
          INSERT INTO media (user_id, job_id, file_path, file_type, mime_type, metadata, tags, created_at)
          SELECT 2, id, 'steady/' || id || '.png', 'image', 'image/png', '{}', '[]', now() FROM job),
        changed AS (UPDATE jobs SET progress = random(), updated_at = now() WHERE id IN ($1, $2))
        UPDATE personas SET description = $3 WHERE id = $4
        """;

    private readonly ConcurrentDictionary<(int Writer, int Marker), long> _committed = new();
    private readonly ConcurrentQueue<double> _lags = new();

    /// <summary>Puts the load on for a time, then waits until all of it is there.</summary>
    /// <returns>Milliseconds from each acknowledged commit until its marker was seen, and the rows that really changed in a second.</returns>
    /// <exception cref="BenchException">The last markers did not come.</exception>
    public async Task<(IReadOnlyList<double> Lags, double Rate)> RunAsync(TimeSpan duration, int rows, CancellationToken cancel)
    {
        using var looking = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var look = Background(() => Look(looking.Token));
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(1, Writers).Select(writer => Background(() => Write(writer, duration, rows, cancel))));
        var rate = counts.Sum() * RowsPerTransaction / watch.Elapsed.TotalSeconds;
        for (watch.Restart(); _lags.Count < counts.Sum() && !look.IsCompleted; await Task.Delay(LookEveryMs, cancel))
        {
            if (watch.Elapsed > Patience)
            {
                throw new BenchException($"Expected {counts.Sum()} markers in Ultimate, found {_lags.Count} after {Patience.TotalMinutes:0} minutes.");
            }
        }

        await looking.CancelAsync();
        await look;
        return ([.. _lags], rate);
    }

    private static Task<int> Background(Func<int> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private int Write(int writer, TimeSpan duration, int rows, CancellationToken cancel)
    {
        using var connection = server.Open(LiveClassic.ClassicDatabase);
        using var command = new NpgsqlCommand(Transaction, connection);
        var first = new NpgsqlParameter<int>();
        var second = new NpgsqlParameter<int>();
        var text = new NpgsqlParameter<string>();
        NpgsqlParameter[] parameters = [first, second, text, new NpgsqlParameter<int> { TypedValue = writer }];
        command.Parameters.AddRange(parameters);
        var watch = Stopwatch.StartNew();
        var marker = 0;
        while (watch.Elapsed < duration && !cancel.IsCancellationRequested)
        {
            marker++;
            // Each writer has rows of its own: waiting for one another would be a load of another kind.
            first.TypedValue = (int)(marker * 7_919L % (rows / Writers) * Writers) + writer;
            second.TypedValue = (int)(marker * 104_729L % (rows / Writers) * Writers) + writer;
            text.TypedValue = $"marker {marker}";
            command.ExecuteNonQuery();
            _committed[(writer, marker)] = Stopwatch.GetTimestamp();
            var ahead = TimeSpan.FromSeconds((double)marker / TransactionsPerSecond) - watch.Elapsed;
            if (ahead > TimeSpan.Zero)
            {
                Thread.Sleep(ahead);
            }
        }

        return marker;
    }

    private int Look(CancellationToken until)
    {
        using var connection = server.Open(LiveClassic.UltimateDatabase);
        using var command = new NpgsqlCommand($"SELECT id, description FROM personas WHERE id <= {Writers}", connection);
        var seen = new int[Writers + 1];
        while (!until.IsCancellationRequested)
        {
            using (var reader = command.ExecuteReader())
            {
                var now = Stopwatch.GetTimestamp();
                while (reader.Read())
                {
                    if (!reader.IsDBNull(1) && reader.GetString(1).Split(' ') is ["marker", var number])
                    {
                        Note(reader.GetInt32(0), seen, int.Parse(number), now);
                    }
                }
            }

            Thread.Sleep(LookEveryMs);
        }

        return 0;
    }

    // A marker may be seen before its writer was told of the commit: it counts when the time of that is known.
    private void Note(int writer, int[] seen, int newest, long now)
    {
        while (seen[writer] < newest && _committed.TryGetValue((writer, seen[writer] + 1), out var committed))
        {
            seen[writer]++;
            _lags.Enqueue(Math.Max(0, Stopwatch.GetElapsedTime(committed, now).TotalMilliseconds));
        }
    }
}
