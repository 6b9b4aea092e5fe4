using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens after the run, on Cake's own context.</summary>
public abstract class FrostingTeardown : FrostingTeardown<ICakeContext>
{
    /// <summary>Initializes a new instance of the <see cref="FrostingTeardown"/> class.</summary>
    protected FrostingTeardown()
    {
    }
}
