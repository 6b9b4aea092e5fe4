using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens after each task, on Cake's own context.</summary>
public abstract class FrostingTaskTeardown : FrostingTaskTeardown<ICakeContext>
{
    /// <summary>Initializes a new instance of the <see cref="FrostingTaskTeardown"/> class.</summary>
    protected FrostingTaskTeardown()
    {
    }
}
