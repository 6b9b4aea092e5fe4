namespace Seidra.Cutover.Bench;

/// <summary>Ours as a process of its own that moves rows, follows, and does what it is told.</summary>
internal sealed class LiveMigration : IAsyncDisposable
{
    private readonly MeasuredProcess _process;

    private LiveMigration(MeasuredProcess process) => _process = process;

    /// <summary>Starts it, and waits until the rows are moved.</summary>
    public static async Task<LiveMigration> StartAsync(BenchRig rig, string classic, string ultimate, CancellationToken cancel)
    {
        var migration = new LiveMigration(MeasuredProcess.Start(rig.Ours(Measures.Live, classic, ultimate)));
        try
        {
            Expect(LiveDialog.Ready, await migration._process.AnswerAsync(cancel));
            return migration;
        }
        catch
        {
            await migration.DisposeAsync();
            throw;
        }
    }

    /// <summary>Says a word of <see cref="LiveDialog"/>, and waits until it is done.</summary>
    public async Task DoAsync(string word, CancellationToken cancel) => Expect(word, await _process.AskAsync(word, cancel));

    /// <summary>Ends it; what it left in Classic is gone.</summary>
    public async Task<Cost> EndAsync(CancellationToken cancel)
    {
        await _process.SayAsync(LiveDialog.End, cancel);
        return await _process.EndAsync(cancel);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static void Expect(string word, string answer)
    {
        if (answer != word)
        {
            throw new BenchException($"Expected the answer '{word}', found '{answer}'.");
        }
    }
}
