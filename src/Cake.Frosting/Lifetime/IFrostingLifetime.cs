namespace Cake.Frosting;

/// <summary>What happens before and after the run.</summary>
public interface IFrostingLifetime : IFrostingSetup, IFrostingTeardown
{
}
