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
        Console.Out.WriteLine($"SEIDRA Cutover {ProgramInfo.Version}: from SEIDRA Classic to SEIDRA Ultimate, with proof and a way back.");
        foreach (var stage in TargetList.ByStage())
        {
            Console.Out.WriteLine($"\n{stage.Key}");
            foreach (var target in stage)
            {
                Console.Out.WriteLine($"  ./build.sh --target={target.Name,-22} {target.Description}");
            }
        }
    }
}
