using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens after the run.</summary>
public interface IFrostingTeardown
{
    /// <summary>Called after the run.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">What the engine knows at this moment.</param>
    void Teardown(ICakeContext context, ITeardownContext info);
}
