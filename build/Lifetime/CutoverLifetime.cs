using System.Text.Json;
using System.Text.Json.Nodes;
using Cake.Core;
using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Cutover.Tasks.Operations;

namespace Seidra.Cutover.Lifetime;

/// <summary>Opens a run before its first step and closes it after its last: lock, journal, world, report, summary.</summary>
public sealed class CutoverLifetime : FrostingLifetime<CutoverContext>
{
    /// <inheritdoc/>
    public override void Setup(CutoverContext context, ISetupContext info)
    {
        if (context.Arguments.HasArgument("dryrun") || !info.TasksToExecute.Any(task => SessionTargets.Need(task.Name)))
        {
            return;
        }

        if (info.TargetTask.Name == "Approve")
        {
            // Wrong usage must be known before anything is opened.
            _ = ApprovalRequest.Of(context.Argument);
        }

        try
        {
            context.OpenAsync(info.TargetTask.Name).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is not StepException)
        {
            throw new StepException(ExitCodes.Of(error), error.Message, error);
        }
    }

    /// <inheritdoc/>
    public override void Teardown(CutoverContext context, ITeardownContext info)
    {
        if (context.Session is { } session)
        {
            CloseAsync(context, session, info).GetAwaiter().GetResult();
        }
    }

    private static async Task CloseAsync(CutoverContext context, Session session, ITeardownContext info)
    {
        using var closing = session;
        try
        {
            await context.Freeze.ReleaseAsync();
            await RecordAsync(session, info);
            await RunReport.WriteAsync(context.Request, session.Journal.Snapshot, session.Settings.Quality.StandIn, Console.Out);
        }
        finally
        {
            if (session.World is { } world)
            {
                await world.StopAsync();
            }
        }
    }

    private static async Task RecordAsync(Session session, ITeardownContext info)
    {
        if (await LastReadingAsync(session) is { } probe)
        {
            session.Journal.Fact("probe", JsonSerializer.SerializeToNode(probe, JsonSerializerOptions.Web)!);
        }

        var exitCode = info.ThrownException is { } error ? ExitCodes.Of(error) : 0;
        session.Journal.RunEnded(exitCode, exitCode == 0 ? "done" : info.ThrownException!.Message);
    }

    // A probe that cannot be read must not hide the error that ended the run.
    private static async Task<ProbeReading?> LastReadingAsync(Session session)
    {
        try
        {
            return await session.ReadProbeAsync(CancellationToken.None);
        }
        catch (Seidra.Sandbox.SandboxException error)
        {
            session.Journal.Fact("probe.error", JsonValue.Create(error.Message));
            return null;
        }
    }
}
