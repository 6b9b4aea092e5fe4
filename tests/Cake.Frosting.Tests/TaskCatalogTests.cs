using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting.Internal;

namespace Cake.Frosting.Tests;

public sealed class TaskCatalogTests
{
    [Test]
    public void Two_tasks_of_one_name_are_refused() =>
        Assert.That(
            () => TaskCatalog.Of([typeof(One), typeof(OneAgain)]),
            Throws.TypeOf<FrostingException>().With.Message.Contains("'One'").And.Message.Contains(nameof(OneAgain)));

    [TestCase(typeof(DependsOnNothing))]
    [TestCase(typeof(DependeeOfNothing))]
    public void A_task_that_points_at_no_task_is_refused(Type type) =>
        Assert.That(
            () => TaskRegistration.ForDisplay(new CakeEngine(new CakeDataService(), new NullLog()), TaskCatalog.Of([type])),
            Throws.TypeOf<FrostingException>().With.Message.Contains(type.Name).And.Message.Contains("System.String"));

    [Test]
    public void Abstract_and_generic_classes_are_no_tasks() =>
        Assert.That(TaskCatalog.Of([typeof(One), typeof(FrostingTask), typeof(Generic<>), typeof(string)]).Tasks.Select(task => task.Name), Is.EqualTo(new[] { "One" }));

    [Test]
    public void Without_a_name_the_class_names_the_task() =>
        Assert.That(new TaskDefinition(typeof(Unnamed)).Name, Is.EqualTo("Unnamed"));

    [TestCase(typeof(Unnamed), false, false, false)]
    [TestCase(typeof(Inherits), true, false, true)]
    [TestCase(typeof(ByInterface), true, true, true)]
    public void Only_what_a_task_overrides_is_given_to_the_engine(Type type, bool works, bool handlesErrors, bool finishes)
    {
        var definition = new TaskDefinition(type);
        Assert.That((definition.Works, definition.HandlesErrors, definition.Finishes), Is.EqualTo((works, handlesErrors, finishes)));
    }

    [TaskName("One")]
    private sealed class One : FrostingTask;

    [TaskName("one")]
    private sealed class OneAgain : FrostingTask;

    [IsDependentOn(typeof(string))]
    private sealed class DependsOnNothing : FrostingTask;

    [IsDependeeOf(typeof(string))]
    private sealed class DependeeOfNothing : FrostingTask;

    private sealed class Unnamed : FrostingTask;

    private sealed class Generic<T> : FrostingTask
        where T : class;

    private abstract class Middle : AsyncFrostingTask
    {
        public override Task RunAsync(ICakeContext context) => Task.CompletedTask;

        public override void Finally(ICakeContext context)
        {
        }
    }

    private sealed class Inherits : Middle;

    private sealed class ByInterface : IFrostingTask
    {
        public string SkippedMessage => string.Empty;

        public Task RunAsync(ICakeContext context) => Task.CompletedTask;

        public bool ShouldRun(ICakeContext context) => true;

        public void OnError(Exception exception, ICakeContext context)
        {
        }

        public void Finally(ICakeContext context)
        {
        }
    }
}
