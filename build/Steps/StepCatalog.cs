using System.Reflection;
using Cake.Frosting;
using Seidra.Cutover.Hosting;

namespace Seidra.Cutover.Steps;

/// <summary>What the task classes say of themselves: names, order and guide lines.</summary>
public static class StepCatalog
{
    /// <summary>All steps of the migration, in no particular order.</summary>
    public static IReadOnlyList<Type> Steps { get; } =
        [.. typeof(StepCatalog).Assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IStepTask)))];

    /// <summary>The names of all steps.</summary>
    public static IReadOnlySet<string> Names { get; } = Steps.Select(NameOf).ToHashSet();

    /// <summary>The target name of a task class.</summary>
    public static string NameOf(Type task) => task.GetCustomAttribute<TaskNameAttribute>()!.Name;

    /// <summary>The steps that must stand before <paramref name="task"/> may act.</summary>
    public static IReadOnlyList<string> RequiredBy(Type task) =>
        [.. task.GetCustomAttributes<IsDependentOnAttribute>().Select(attribute => attribute.Task)
            .Concat(task.GetCustomAttributes<RequiresAttribute>().Select(attribute => attribute.Step))
            .Where(type => type.IsAssignableTo(typeof(IStepTask)))
            .Select(NameOf)];

    /// <summary>Each guide line with the steps that fulfil it.</summary>
    public static IReadOnlyList<(string GuideId, string Step)> GuideMap { get; } =
        [.. Steps.SelectMany(step => step.GetCustomAttribute<GuideLineAttribute>()?.Ids.Select(id => (id, NameOf(step))) ?? [])];
}
