using Seidra.Database;

namespace Seidra.Cutover.Bench;

/// <summary>
/// A live migration that does what it is told by lines: <c>follow</c>, <c>pause</c>, <c>catchup</c>, <c>hold</c>,
/// <c>release</c>, <c>switch</c>, <c>end</c>. It answers <c>ready</c> first, then the same word when it is done, so that the
/// asking side measures by its own clock.
/// </summary>
internal sealed class LiveDialog(IDatabaseEngine engine, TextReader commands, TextWriter answers)
{
    /// <summary>The words of the dialog.</summary>
    public const string Ready = "ready", Follow = "follow", Pause = "pause", CatchUp = "catchup", Hold = "hold", Release = "release", Switch = "switch", End = "end";

    private Task _following = Task.CompletedTask;
    private CancellationTokenSource? _until;
    private IHeldWrites? _held;

    /// <summary>Moves the rows, then listens until it is told to end or the other side is gone.</summary>
    public async Task RunAsync(DatabaseEndpoint classic, DatabaseEndpoint ultimate, CancellationToken cancel)
    {
        await using var move = await engine.StartAsync(classic, ultimate, cancel);
        try
        {
            await AnswerAsync(Ready);
            while (await commands.ReadLineAsync(cancel) is { } word && word != End)
            {
                await DoAsync(move, word, cancel);
                await AnswerAsync(word);
            }
        }
        finally
        {
            await PauseAsync();
            if (_held is not null)
            {
                await _held.DisposeAsync();
            }
        }
    }

    private async Task DoAsync(ILiveMove move, string word, CancellationToken cancel)
    {
        switch (word)
        {
            case Follow:
                _until = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                _following = Task.Run(() => move.FollowAsync(_until.Token), cancel);
                break;
            case Pause:
                await PauseAsync();
                break;
            case CatchUp:
                await move.CatchUpAsync(cancel);
                break;
            case Hold:
                await PauseAsync();
                _held = await move.HoldAsync(cancel);
                break;
            case Release:
                await _held!.ReleaseAsync(cancel);
                break;
            case Switch:
                await _held!.SwitchAsync(cancel);
                break;
            default:
                throw new BenchException($"Expected a word of the dialog, found '{word}'.");
        }
    }

    // What failed while it followed is told here.
    private async Task PauseAsync()
    {
        if (_until is null)
        {
            return;
        }

        await _until.CancelAsync();
        await _following;
        _until.Dispose();
        _until = null;
    }

    private async Task AnswerAsync(string word)
    {
        await answers.WriteLineAsync(word);
        await answers.FlushAsync(CancellationToken.None);
    }
}
