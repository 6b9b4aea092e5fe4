namespace Seidra.Cutover.Hosting;

/// <summary>Ties a step to the lines of the written guide that it fulfils, e.g. <c>[GuideLine("2.4")]</c>.</summary>
/// <param name="ids">The ids of the guide's lines.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GuideLineAttribute(params string[] ids) : Attribute
{
    /// <summary>The ids of the guide's lines.</summary>
    public IReadOnlyList<string> Ids { get; } = ids;
}
