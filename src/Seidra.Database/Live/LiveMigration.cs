namespace Seidra.Database;

/// <summary>
/// A migration whose rows are copied, kept open: connections stand, statements are prepared, and each catch-up costs what changed
/// and no more. One at a time.
/// </summary>
public sealed class LiveMigration : IAsyncDisposable
{
    // Under load there is always something new; what is left then is the freeze's.
    private const int MostRounds = 50;
    private const int Little = 200;
    private const int MostMends = 4;
    private readonly DatabaseEndpoint _source;
    private readonly DatabaseEndpoint _target;
    private readonly MigrationPlan _plan;
    private readonly MigrationOptions _options;
    private readonly IChangeCapture _feed;
    private readonly Follower _follower;

    private LiveMigration(DatabaseEndpoint source, DatabaseEndpoint target, MigrationPlan plan, MigrationOptions options, IChangeCapture feed, Follower follower)
    {
        _source = source;
        _target = target;
        _plan = plan;
        _options = options;
        _feed = feed;
        _follower = follower;
    }

    /// <summary>How changes are noted.</summary>
    public CaptureKind Capture => _feed.Kind;

    /// <summary>Opens both sides.</summary>
    /// <exception cref="DatabaseException">The rows are not copied yet, or the capture of changes was lost: run the migration (again).</exception>
    public static async Task<LiveMigration> OpenAsync(
        DatabaseEndpoint source, DatabaseEndpoint target, MigrationPlan plan, MigrationOptions options, CancellationToken cancel = default)
    {
        var feed = await ChangeFeed.FindAsync(source, target, plan, cancel)
            ?? throw new DatabaseException($"Expected the capture of changes in {source.Display} that belongs to the rows in {target.Display}, found none. Copy them (again): ./build.sh --target=MigrateDatabase");
        try
        {
            return new LiveMigration(source, target, plan, options, feed, await Follower.OpenAsync(source, target, plan, options, feed, cancel));
        }
        catch
        {
            await feed.DisposeAsync();
            throw;
        }
    }

    /// <summary>Applies changes in rounds until little is new.</summary>
    public async Task<FollowResult> CatchUpAsync(CancellationToken cancel = default)
    {
        var result = FollowResult.None;
        for (var round = 0; round < MostRounds; round++)
        {
            var done = await RoundAsync(cancel);
            result += done;
            if (done.Rows <= Little)
                break;
        }

        return result;
    }

    /// <summary>Applies what is there, once.</summary>
    public async Task<FollowResult> RoundAsync(CancellationToken cancel = default) => FollowResult.Of(await _follower.CatchUpAsync(cancel));

    /// <summary>Waits until Classic changes.</summary>
    /// <returns>Whether it did.</returns>
    public Task<bool> WaitAsync(TimeSpan patience, CancellationToken cancel = default) => _feed.WaitAsync(patience, cancel);

    /// <summary>
    /// Inside the write freeze: applies everything up to Classic's last change, each row read back, and sets the sequences.
    /// </summary>
    /// <param name="freeze">Held, not yet committed.</param>
    /// <param name="cancel">Ends it; Ultimate stays at the state before.</param>
    /// <exception cref="DatabaseException">The freeze's deadline has passed, or an engine refused.</exception>
    public async Task<FollowResult> DrainAsync(IWriteFreeze freeze, CancellationToken cancel = default) =>
        FollowResult.Of((await FreezeDrain.RunAsync(_follower, freeze, cancel)).Round);

    /// <summary>Compares every row on both sides; changes nothing.</summary>
    public async Task<RowVerificationResult> VerifyAsync(CancellationToken cancel = default) =>
        (await RowVerification.RunAsync(_feed, _source, _target, _plan, _options, cancel)).Result;

    /// <summary>
    /// Compares every row, and writes again what is not as it was moved: until traffic moves, Classic is the truth, whatever a
    /// backend that was tried on the rows did to them.
    /// </summary>
    /// <exception cref="DatabaseException">Rows differ that Classic cannot mend: they are not Classic's.</exception>
    public async Task<IReadOnlyList<TableCheck>> MendAsync(CancellationToken cancel = default)
    {
        for (var turn = 1; ; turn++)
        {
            var compared = await RowVerification.RunAsync(_feed, _source, _target, _plan, _options, cancel);
            if (compared.Result.Differences.Count == 0)
                return compared.Result.Tables;
            var drifted = compared.Drifted.Sum(table => table.Value.Count);
            if (turn == MostMends || drifted == 0)
                throw new DatabaseException($"Expected the rows of {_target.Display} to be Classic's, found others:", [.. compared.Result.Differences.Select(difference => difference.ToString())]);
            _options.Log?.Invoke($"{drifted} rows were changed in Ultimate since they were moved, or wait for others; they are written again");
            await _follower.CatchUpAsync(compared.Drifted, cancel);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _follower.DisposeAsync();
        await _feed.DisposeAsync();
    }
}
