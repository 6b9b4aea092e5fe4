namespace Seidra.Cutover.Steps;

/// <summary>
/// A gate without an arrow: the named step must stand in the journal, but this task never starts it
/// (<c>ReleaseClassic</c> must not be able to begin a cutover).
/// </summary>
/// <param name="step">The task class of the required step.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class RequiresAttribute(Type step) : Attribute
{
    /// <summary>The task class of the required step.</summary>
    public Type Step { get; } = step;
}
