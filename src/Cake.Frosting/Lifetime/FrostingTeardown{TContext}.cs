using Cake.Core;
using Cake.Frosting.Internal;

namespace Cake.Frosting;

/// <summary>What happens after the run, on a typed context.</summary>
/// <typeparam name="TContext">The type of the run's context, or an interface it implements.</typeparam>
public abstract class FrostingTeardown<TContext> : IFrostingTeardown
    where TContext : ICakeContext
{
    /// <summary>Initializes a new instance of the <see cref="FrostingTeardown{TContext}"/> class.</summary>
    protected FrostingTeardown()
    {
    }

    /// <summary>Called after the run.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">What the engine knows at this moment.</param>
    public abstract void Teardown(TContext context, ITeardownContext info);

    /// <inheritdoc/>
    void IFrostingTeardown.Teardown(ICakeContext context, ITeardownContext info) => Teardown(Facet.Of<TContext>(context, this), info);
}
