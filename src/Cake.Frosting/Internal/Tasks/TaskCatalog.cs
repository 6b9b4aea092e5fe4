using System.Reflection;

namespace Cake.Frosting.Internal;

/// <summary>The tasks of a program: the public task classes of its assemblies.</summary>
internal sealed class TaskCatalog
{
    private readonly Dictionary<Type, TaskDefinition> _byType;

    private TaskCatalog(IReadOnlyList<TaskDefinition> tasks)
    {
        Tasks = tasks;
        _byType = tasks.ToDictionary(task => task.Type);
    }

    public IReadOnlyList<TaskDefinition> Tasks { get; }

    public static TaskCatalog Of(IEnumerable<Assembly> assemblies) => Of(assemblies.SelectMany(assembly => assembly.GetExportedTypes()));

    public static TaskCatalog Of(IEnumerable<Type> types)
    {
        var tasks = types
            .Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && type.IsAssignableTo(typeof(IFrostingTask)))
            .Select(type => new TaskDefinition(type))
            .ToList();
        foreach (var twins in tasks.GroupBy(task => task.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
            throw new FrostingException($"Each task needs a name of its own, but '{twins.Key}' is that of {string.Join(" and ", twins.Select(twin => twin.Type))}.");
        return new TaskCatalog(tasks);
    }

    /// <summary>The name of a task that another one points at.</summary>
    /// <exception cref="FrostingException">The class is none of the tasks.</exception>
    public string NameOf(Type type, TaskDefinition pointer) =>
        _byType.TryGetValue(type, out var task)
            ? task.Name
            : throw new FrostingException(
                $"The task '{pointer.Name}' depends on {type}, which is not among the tasks: " +
                "it must be a public class that is a task, in the entry assembly or in one added with AddAssembly().");
}
