using System.Diagnostics;

namespace Seidra.Database;

/// <summary>The sequence of a return to Classic. Each step leaves a state from which the same sequence goes on.</summary>
internal sealed class WayBack(ReturnFlow flow, DatabaseEndpoint classic, DatabaseEndpoint ultimate, ReturnOptions options, ReturnTraffic traffic)
{
    private readonly Stopwatch _pause = new();
    private int _rounds;
    private long _verified;

    public async Task<ReturnResult> RunAsync(CancellationToken cancel)
    {
        var closed = (await WriteFreeze.StateAsync(ultimate, cancel)).Kind == FreezeKind.Final;
        if ((await WriteFreeze.StateAsync(classic, cancel)).Kind == FreezeKind.Final)
            await BringAsync(closed, cancel);
        else if (!closed)
            throw new DatabaseException($"Expected {classic.Display} to be frozen for good and {ultimate.Display} to serve, found Classic open: there is nothing to come back from, or both have taken writes. Look at them with --target=Status; nothing was changed.");
        // Else an earlier run was killed when Classic was open already.
        await traffic.Move(cancel);
        _pause.Stop();
        var result = new ReturnResult(_rounds, await flow.WrittenAsync(cancel), _verified, await flow.KeptByReasonAsync(cancel), _pause.Elapsed);
        await flow.CloseCaptureAsync();
        await ReturnCleanup.RememberAsync(classic, ultimate, cancel);
        await ReturnCleanup.UltimateAsync(ultimate, cancel);
        await WriteFreeze.LiftAsync(classic, cancel);
        await ReturnCleanup.ClassicAsync(classic, withKept: false, cancel);
        // Ultimate stays closed: a client that has not noticed must be refused, not acknowledged and forgotten.
        return result;
    }

    private async Task BringAsync(bool closed, CancellationToken cancel)
    {
        for (var changes = long.MaxValue; changes > options.Few && _rounds < options.Rounds; _rounds++)
            changes = (await flow.RoundAsync([], cancel)).Changes;
        // What takes long for many rows is done before anybody has to wait.
        await flow.WarmAsync(cancel);
        var seen = await flow.VerifyAsync(cancel);
        _pause.Start();
        await traffic.Hold(cancel);
        await using var freeze = closed ? null : await WriteFreeze.BeginAsync(ultimate, options.Freeze, cancel);
        // What differed may have changed since it was brought over; then it is in this round, in which all is read back.
        await flow.RoundAsync(seen.Differing, cancel);
        _rounds++;
        if (seen.Differing.Count > 0)
            await RequireImagesAsync(cancel);
        if (freeze is not null)
        {
            await freeze.CommitAsync(cancel);
            if (!await freeze.FinaliseAsync(CancellationToken.None))
                throw new DatabaseException($"Expected {ultimate.Display} to take no write until Classic was open again, found its freeze ended before. Nothing was switched; Ultimate is closed now. Run the same command again: what came in between is brought over first.");
        }

        _verified = seen.Rows;
        await flow.ReleaseAsync(CancellationToken.None);
    }

    private async Task RequireImagesAsync(CancellationToken cancel)
    {
        var again = await flow.VerifyAsync(cancel);
        if (again.Differing.Count > 0)
            throw new DatabaseException("Expected every row that changed in Ultimate to be in Classic or among what was kept; nothing was switched. Look at these rows, and run the same command again:", again.Differing);
    }
}
