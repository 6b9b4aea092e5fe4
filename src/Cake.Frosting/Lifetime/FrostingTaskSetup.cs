using Cake.Core;

namespace Cake.Frosting;

/// <summary>What happens before each task, on Cake's own context.</summary>
public abstract class FrostingTaskSetup : FrostingTaskSetup<ICakeContext>
{
    /// <summary>Initializes a new instance of the <see cref="FrostingTaskSetup"/> class.</summary>
    protected FrostingTaskSetup()
    {
    }
}
