using Cake.Frosting;
using Seidra.Cutover.Contexts;

namespace Seidra.Cutover.Tasks.Repository;

/// <summary>Compiles everything; warnings are errors.</summary>
[TaskName("Build")]
[TaskDescription("Compile the whole solution, warnings as errors")]
public sealed class BuildTask : AsyncFrostingTask<IRepositoryContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(IRepositoryContext context) => context.DotnetAsync("build", "Seidra.slnx", "--nologo", "-v", "quiet");
}
