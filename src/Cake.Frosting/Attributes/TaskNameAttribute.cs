namespace Cake.Frosting;

/// <summary>Names a task; without it the name of the class is the name of the target.</summary>
/// <param name="name">The name of the task.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskNameAttribute(string name) : Attribute
{
    /// <summary>Gets the name of the task.</summary>
    public string Name { get; } = name;
}
