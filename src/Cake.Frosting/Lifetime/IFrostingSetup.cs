using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens before the run.</summary>
public interface IFrostingSetup
{
    /// <summary>Called before the run.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">What the engine knows at this moment.</param>
    void Setup(ICakeContext context, ISetupContext info);
}
