using Cake.Frosting.Internal;

namespace Cake.Frosting;

/// <summary>Says that a task runs before another one, which then brings it into the run.</summary>
/// <param name="type">The class of the other task.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class IsDependeeOfAttribute(Type type) : Attribute, IReverseTaskDependency
{
    /// <summary>Gets the class of the other task.</summary>
    public Type Task { get; } = type;
}
