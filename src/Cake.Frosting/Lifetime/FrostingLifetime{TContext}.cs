using Cake.Core;
using Cake.Frosting.Internal;

namespace Cake.Frosting;

/// <summary>What happens before and after the run, on a typed context.</summary>
/// <typeparam name="TContext">The type of the run's context, or an interface it implements.</typeparam>
public abstract class FrostingLifetime<TContext> : IFrostingLifetime
    where TContext : ICakeContext
{
    /// <summary>Initializes a new instance of the <see cref="FrostingLifetime{TContext}"/> class.</summary>
    protected FrostingLifetime()
    {
    }

    /// <summary>Called before the run.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">What the engine knows at this moment.</param>
    public abstract void Setup(TContext context, ISetupContext info);

    /// <summary>Called after the run.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">What the engine knows at this moment.</param>
    public abstract void Teardown(TContext context, ITeardownContext info);

    /// <inheritdoc/>
    void IFrostingSetup.Setup(ICakeContext context, ISetupContext info) => Setup(Facet.Of<TContext>(context, this), info);

    /// <inheritdoc/>
    void IFrostingTeardown.Teardown(ICakeContext context, ITeardownContext info) => Teardown(Facet.Of<TContext>(context, this), info);
}
