using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens before each task.</summary>
public interface IFrostingTaskSetup
{
    /// <summary>Called before each task.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">What the engine knows at this moment.</param>
    void Setup(ICakeContext context, ITaskSetupContext info);
}
