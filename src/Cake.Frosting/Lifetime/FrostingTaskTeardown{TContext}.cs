using Cake.Core;
using Cake.Frosting.Internal;

namespace Cake.Frosting;

/// <summary>What happens after each task, on a typed context.</summary>
/// <typeparam name="TContext">The type of the run's context, or an interface it implements.</typeparam>
public abstract class FrostingTaskTeardown<TContext> : IFrostingTaskTeardown
    where TContext : ICakeContext
{
    /// <summary>Initializes a new instance of the <see cref="FrostingTaskTeardown{TContext}"/> class.</summary>
    protected FrostingTaskTeardown()
    {
    }

    /// <summary>Called after each task.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">What the engine knows at this moment.</param>
    public abstract void Teardown(TContext context, ITaskTeardownContext info);

    /// <inheritdoc/>
    void IFrostingTaskTeardown.Teardown(ICakeContext context, ITaskTeardownContext info) => Teardown(Facet.Of<TContext>(context, this), info);
}
