using Cake.Core;

namespace Cake.Frosting;

/// <summary>A task that is content with Cake's own context.</summary>
public abstract class FrostingTask : FrostingTask<ICakeContext>
{
    /// <summary>Initializes a new instance of the <see cref="FrostingTask"/> class.</summary>
    protected FrostingTask()
    {
    }
}
