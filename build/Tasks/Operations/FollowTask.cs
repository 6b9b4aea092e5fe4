using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Tasks.Operations;

/// <summary>Keeps the two databases together between the other targets.</summary>
[TaskName("Follow")]
[TaskDescription("Bring changes over as they come and show the lag: Classic's before the switch, Ultimate's after it")]
[TaskArgument("seconds", "How long; without it until Ctrl-C", ValueName = "N")]
public sealed class FollowTask : AsyncFrostingTask<IOperationsContext>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override async Task RunAsync(IOperationsContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        if (Seconds(context) is { } seconds)
        {
            end.CancelAfter(TimeSpan.FromSeconds(seconds));
        }

        var switched = await context.IsSwitchedAsync();
        try
        {
            while (true)
            {
                await (switched ? BackAsync(context, end.Token) : ForthAsync(context, end.Token));
            }
        }
        catch (OperationCanceledException) when (!context.Cancellation.IsCancellationRequested)
        {
            context.Screen.Line("Followed as long as was asked for.");
        }
        finally
        {
            await context.Rows.CloseAsync();
        }
    }

    private static async Task ForthAsync(IOperationsContext context, CancellationToken cancellation)
    {
        var followed = await context.Rows.CatchUpAsync(cancellation);
        if (followed.Keys > 0)
        {
            context.Screen.Line($"{followed.Written} rows written, {followed.Removed} removed, {followed.Verified} read back equal; lag {followed.Lag.TotalMilliseconds:0} ms");
        }

        await context.Rows.WaitAsync(Patience, cancellation);
    }

    private static async Task BackAsync(IOperationsContext context, CancellationToken cancellation)
    {
        await context.WayBack.CatchUpAsync(cancellation);
        await Task.Delay(Patience, cancellation);
    }

    private static int? Seconds(IOperationsContext context) => context.Argument("seconds") switch
    {
        null => null,
        var text when int.TryParse(text, out var seconds) && seconds > 0 => seconds,
        var text => throw new StepException(ExitCodes.Usage, $"--seconds: expected a number of 1 or more, found '{text}'."),
    };
}
