using Cake.Core;

namespace Cake.Frosting;

/// <summary>A task of the build: one node of the dependency graph.</summary>
public interface IFrostingTask
{
    /// <summary>Gets what is said when the criterion leaves the task out; empty or null for the engine's own words.</summary>
    string SkippedMessage { get; }

    /// <summary>Does the work.</summary>
    /// <param name="context">The context of the run.</param>
    /// <returns>A task that ends with the work.</returns>
    Task RunAsync(ICakeContext context);

    /// <summary>The criterion: tells whether the task is to run.</summary>
    /// <param name="context">The context of the run.</param>
    /// <returns><see langword="false"/> to skip the task; its dependents still run.</returns>
    bool ShouldRun(ICakeContext context);

    /// <summary>Called with what <see cref="RunAsync"/> threw. Returning swallows the error, throwing keeps it.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="context">The context of the run.</param>
    void OnError(Exception exception, ICakeContext context);

    /// <summary>Called after the task, whether it succeeded, failed or was cancelled.</summary>
    /// <param name="context">The context of the run.</param>
    void Finally(ICakeContext context);
}
