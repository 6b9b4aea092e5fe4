using Cake.Core;
using Cake.Frosting.Internal;

namespace Cake.Frosting;

/// <summary>What happens before each task, on a typed context.</summary>
/// <typeparam name="TContext">The type of the run's context, or an interface it implements.</typeparam>
public abstract class FrostingTaskSetup<TContext> : IFrostingTaskSetup
    where TContext : ICakeContext
{
    /// <summary>Initializes a new instance of the <see cref="FrostingTaskSetup{TContext}"/> class.</summary>
    protected FrostingTaskSetup()
    {
    }

    /// <summary>Called before each task.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">What the engine knows at this moment.</param>
    public abstract void Setup(TContext context, ITaskSetupContext info);

    /// <inheritdoc/>
    void IFrostingTaskSetup.Setup(ICakeContext context, ITaskSetupContext info) => Setup(Facet.Of<TContext>(context, this), info);
}
