using System.Reflection;
using Cake.Frosting;
using Seidra.Cutover.Tasks.Production;

namespace Seidra.Cutover.Tasks.Operations;

/// <summary>All targets with their descriptions, as the task classes say them.</summary>
public static class TargetList
{
    private static readonly string[] Order = ["Production", "Preparation", "Upgrade", "Validation", "Checklist", "Operations", "Repository"];

    /// <summary>The targets by stage, the main job first.</summary>
    public static IEnumerable<IGrouping<string, (string Name, string Description)>> ByStage() => typeof(TargetList).Assembly
        .GetExportedTypes()
        .Where(type => type.GetCustomAttribute<TaskNameAttribute>() is not null)
        .OrderBy(type => Array.IndexOf(Order, Stage(type)))
        .ThenBy(type => type != typeof(CutoverTask))
        .ThenBy(type => type.Name, StringComparer.Ordinal)
        .GroupBy(Stage, type => (type.GetCustomAttribute<TaskNameAttribute>()!.Name, type.GetCustomAttribute<TaskDescriptionAttribute>()!.Description));

    private static string Stage(Type task) => task.Namespace![(task.Namespace!.LastIndexOf('.') + 1)..];
}
