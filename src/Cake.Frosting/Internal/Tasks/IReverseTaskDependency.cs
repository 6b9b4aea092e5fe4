namespace Cake.Frosting.Internal;

/// <summary>An edge of the graph, declared on the task that comes first.</summary>
internal interface IReverseTaskDependency
{
    /// <summary>Gets the class of the other task.</summary>
    Type Task { get; }
}
