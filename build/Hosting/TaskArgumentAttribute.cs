namespace Seidra.Cutover.Hosting;

/// <summary>
/// Declares a command-line option where it is used: on a task for its own options, on the context for options of every run.
/// The host reads it by name for <c>--help</c>, completion and the refusal of unknown options.
/// </summary>
/// <param name="name">The option without its dashes.</param>
/// <param name="description">One line for <c>--help</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class TaskArgumentAttribute(string name, string description) : Attribute
{
    /// <summary>The option without its dashes.</summary>
    public string Name { get; } = name;

    /// <summary>One line for <c>--help</c>.</summary>
    public string Description { get; } = description;

    /// <summary>The placeholder shown for the value, e.g. <c>FILE</c>; empty for a switch.</summary>
    public string ValueName { get; set; } = "";

    /// <summary>The values to complete, separated by <c>|</c>; empty where any value goes.</summary>
    public string Values { get; set; } = "";
}
