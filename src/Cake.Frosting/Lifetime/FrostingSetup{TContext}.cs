using Cake.Core;
using Cake.Frosting.Internal;

namespace Cake.Frosting;

/// <summary>What happens before the run, on a typed context.</summary>
/// <typeparam name="TContext">The type of the run's context, or an interface it implements.</typeparam>
public abstract class FrostingSetup<TContext> : IFrostingSetup
    where TContext : ICakeContext
{
    /// <summary>Initializes a new instance of the <see cref="FrostingSetup{TContext}"/> class.</summary>
    protected FrostingSetup()
    {
    }

    /// <summary>Called before the run.</summary>
    /// <param name="context">The context of the run.</param>
    /// <param name="info">What the engine knows at this moment.</param>
    public abstract void Setup(TContext context, ISetupContext info);

    /// <inheritdoc/>
    void IFrostingSetup.Setup(ICakeContext context, ISetupContext info) => Setup(Facet.Of<TContext>(context, this), info);
}
