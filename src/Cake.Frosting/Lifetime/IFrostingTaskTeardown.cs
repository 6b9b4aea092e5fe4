using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens after each task.</summary>
public interface IFrostingTaskTeardown
{
    /// <summary>Called after each task.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">What the engine knows at this moment.</param>
    void Teardown(ICakeContext context, ITaskTeardownContext info);
}
