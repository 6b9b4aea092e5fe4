using Cake.Common.Build;
using Cake.Core;
using Cake.Frosting;
using Seidra.Cutover.Contexts;

namespace Seidra.Cutover.Lifetime;

/// <summary>Opens and closes the log group of each task where a CI service folds logs, so that no task does.</summary>
public sealed class CutoverTaskLifetime : FrostingTaskLifetime<CutoverContext>
{
    /// <inheritdoc/>
    public override void Setup(CutoverContext context, ITaskSetupContext info)
    {
        if (context.GitHubActions().IsRunningOnGitHubActions)
        {
            context.GitHubActions().Commands.StartGroup(info.Task.Name);
        }
    }

    /// <inheritdoc/>
    public override void Teardown(CutoverContext context, ITaskTeardownContext info)
    {
        if (context.GitHubActions().IsRunningOnGitHubActions)
        {
            context.GitHubActions().Commands.EndGroup();
        }
    }
}
