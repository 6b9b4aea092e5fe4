using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens before and after each task, on Cake's own context.</summary>
public abstract class FrostingTaskLifetime : FrostingTaskLifetime<ICakeContext>
{
    /// <summary>Initializes a new instance of the <see cref="FrostingTaskLifetime"/> class.</summary>
    protected FrostingTaskLifetime()
    {
    }
}
