namespace Cake.Frosting;

/// <summary>Marks a task whose failure is reported but does not end the run.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ContinueOnErrorAttribute : Attribute
{
}
