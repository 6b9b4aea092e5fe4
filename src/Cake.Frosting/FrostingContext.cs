using Cake.Core;

namespace Cake.Frosting;

/// <summary>The context of a run; the base of a program's own context.</summary>
/// <param name="context">Cake's context, brought by the host.</param>
public class FrostingContext(ICakeContext context) : CakeContextAdapter(context), IFrostingContext
{
}
