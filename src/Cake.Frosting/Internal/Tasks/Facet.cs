using Cake.Core;

namespace Cake.Frosting.Internal;

/// <summary>Hands the run's context to a task or lifetime as the type it asks for.</summary>
internal static class Facet
{
    /// <summary>Casts the context, or says which type was expected and which is there.</summary>
    public static T Of<T>(ICakeContext context, object asker)
        where T : ICakeContext =>
        context is T facet
            ? facet
            : throw new FrostingException(
                $"{asker.GetType().Name} expects a context of type {typeof(T)}, but the run has {context.GetType()}. " +
                "Name a context that implements it with UseContext<TContext>().");
}
