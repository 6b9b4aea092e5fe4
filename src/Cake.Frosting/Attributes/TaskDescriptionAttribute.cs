namespace Cake.Frosting;

/// <summary>Says in one line what a task gives to a person; shown by <c>--description</c>.</summary>
/// <param name="description">The description of the task.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskDescriptionAttribute(string description) : Attribute
{
    /// <summary>Gets the description of the task.</summary>
    public string Description { get; } = description;
}
