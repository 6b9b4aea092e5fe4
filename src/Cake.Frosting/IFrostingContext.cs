using Cake.Core;

namespace Cake.Frosting;

/// <summary>The context of a run: what its tasks see of Cake and of the program.</summary>
public interface IFrostingContext : ICakeContext
{
}
