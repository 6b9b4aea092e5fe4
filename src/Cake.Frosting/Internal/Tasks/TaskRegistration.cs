using Cake.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>Puts the tasks of a program into the engine.</summary>
internal static class TaskRegistration
{
    /// <summary>Registers the tasks to be run.</summary>
    public static void ForRun(ICakeEngine engine, TaskCatalog catalog, IFrostingContext context, RunErrors errors, CancellationToken cancellation)
    {
        foreach (var definition in catalog.Tasks)
        {
            var run = new TaskRun(definition, Create(context, definition), context, errors, cancellation);
            var task = Describe(engine, definition).WithCriteria(_ => run.ShouldRun(), run.SkippedMessage!);
            foreach (var type in definition.Dependencies)
                task.IsDependentOn(catalog.NameOf(type, definition));
            foreach (var type in definition.Dependees)
                task.IsDependeeOf(catalog.NameOf(type, definition));
            if (definition.Works)
                task.Does(run.RunAsync);
            if (definition.HandlesErrors || definition.ContinuesOnError)
                task.OnError(run.OnError);
            if (definition.Finishes)
                task.Finally(run.Finally);
        }
    }

    /// <summary>
    /// Registers the tasks to be shown. What a task puts before another one by being its dependee is entered as a
    /// dependency of the other one, because the engine's tree shows dependencies only.
    /// </summary>
    public static void ForDisplay(ICakeEngine engine, TaskCatalog catalog)
    {
        var before = catalog.Tasks
            .SelectMany(definition => definition.Dependees.Select(type => (After: catalog.NameOf(type, definition), definition.Name)))
            .ToLookup(edge => edge.After, edge => edge.Name);
        foreach (var definition in catalog.Tasks)
        {
            var task = Describe(engine, definition);
            foreach (var name in definition.Dependencies.Select(type => catalog.NameOf(type, definition)).Union(before[definition.Name]))
                task.IsDependentOn(name);
        }
    }

    private static CakeTaskBuilder Describe(ICakeEngine engine, TaskDefinition definition) =>
        engine.RegisterTask(definition.Name).Description(definition.Description);

    private static Func<IFrostingTask> Create(IFrostingContext context, TaskDefinition definition) =>
        () => (IFrostingTask)context.ServiceProvider.GetRequiredService(definition.Type);
}
