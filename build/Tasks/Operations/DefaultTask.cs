using Cake.Core.Diagnostics;
using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;

namespace Seidra.Cutover.Tasks.Operations;

/// <summary>What a person sees who types the command alone.</summary>
[TaskName("Default")]
[TaskDescription("List every target, what it gives, and the command to paste")]
public sealed class DefaultTask : FrostingTask<IOperationsContext>
{
    /// <inheritdoc/>
    public override void Run(IOperationsContext context)
    {
        context.Log.Information("SEIDRA Cutover {0}: from SEIDRA Classic to SEIDRA Ultimate, with proof and a way back.", ProgramInfo.Version);
        foreach (var stage in TargetList.ByStage())
        {
            context.Log.Information("");
            context.Log.Information("{0}", stage.Key);
            foreach (var target in stage)
            {
                context.Log.Information("  ./build.sh --target={0,-22} {1}", target.Name, target.Description);
            }
        }
    }
}
