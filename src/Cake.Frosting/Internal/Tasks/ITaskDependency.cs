namespace Cake.Frosting.Internal;

/// <summary>An edge of the graph, declared on the task that comes later.</summary>
internal interface ITaskDependency
{
    /// <summary>Gets the class of the other task.</summary>
    Type Task { get; }
}
