using Cake.Frosting.Internal;

namespace Cake.Frosting;

/// <summary>Says that a task runs after another one, which it brings into the run.</summary>
/// <param name="type">The class of the other task.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class IsDependentOnAttribute(Type type) : Attribute, ITaskDependency
{
    /// <summary>Gets the class of the other task.</summary>
    public Type Task { get; } = type;
}
