using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens before the run, on Cake's own context.</summary>
public abstract class FrostingSetup : FrostingSetup<ICakeContext>
{
    /// <summary>Initializes a new instance of the <see cref="FrostingSetup"/> class.</summary>
    protected FrostingSetup()
    {
    }
}
