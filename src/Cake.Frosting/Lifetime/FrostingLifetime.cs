using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens before and after the run, on Cake's own context.</summary>
public abstract class FrostingLifetime : FrostingLifetime<ICakeContext>
{
    /// <summary>Initializes a new instance of the <see cref="FrostingLifetime"/> class.</summary>
    protected FrostingLifetime()
    {
    }
}
