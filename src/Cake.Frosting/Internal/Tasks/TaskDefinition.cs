using System.Reflection;

namespace Cake.Frosting.Internal;

/// <summary>What the attributes and the shape of a task class say, without an instance of it.</summary>
internal sealed class TaskDefinition(Type type)
{
    public Type Type { get; } = type;

    public string Name { get; } = NameOf(type);

    public string Description { get; } = type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? string.Empty;

    public bool ContinuesOnError { get; } = type.IsDefined(typeof(ContinueOnErrorAttribute), inherit: false);

    public IReadOnlyList<Type> Dependencies { get; } = [.. type.GetCustomAttributes().OfType<ITaskDependency>().Select(edge => edge.Task)];

    public IReadOnlyList<Type> Dependees { get; } = [.. type.GetCustomAttributes().OfType<IReverseTaskDependency>().Select(edge => edge.Task)];

    /// <summary>Gets a value indicating whether the task does work of its own; one that does not only groups others.</summary>
    public bool Works { get; } = Overrides(type, "Run") || Overrides(type, "RunAsync");

    public bool HandlesErrors { get; } = Overrides(type, nameof(IFrostingTask.OnError));

    public bool Finishes { get; } = Overrides(type, nameof(IFrostingTask.Finally));

    public bool ExplainsSkips { get; } = !IsFrostingTask(
        type.GetInterfaceMap(typeof(IFrostingTask)).TargetMethods.Single(method => method.Name.EndsWith("get_SkippedMessage", StringComparison.Ordinal)).DeclaringType!);

    public static string NameOf(Type type) => type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name;

    /// <summary>True where the class gives the method a body of its own, or implements the interface all by itself.</summary>
    private static bool Overrides(Type type, string method)
    {
        var frosting = type;
        while (frosting is not null && !IsFrostingTask(frosting))
            frosting = frosting.BaseType;
        if (frosting is null)
            return true;
        return type.GetMethods().Any(candidate =>
            candidate.Name == method
            && candidate.IsVirtual
            && candidate.DeclaringType != frosting
            && candidate.GetBaseDefinition().DeclaringType == frosting);
    }

    private static bool IsFrostingTask(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var generic
        && (generic == typeof(FrostingTask<>) || generic == typeof(AsyncFrostingTask<>));
}
