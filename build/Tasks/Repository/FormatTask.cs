using Cake.Frosting;
using Seidra.Cutover.Contexts;

namespace Seidra.Cutover.Tasks.Repository;

/// <summary>Holds the sources to .editorconfig.</summary>
[TaskName("Format")]
[TaskDescription("Check that dotnet format would change nothing")]
public sealed class FormatTask : AsyncFrostingTask<IRepositoryContext>
{
    /// <inheritdoc/>
    public override Task RunAsync(IRepositoryContext context) => context.DotnetAsync("format", "Seidra.slnx", "--verify-no-changes");
}
