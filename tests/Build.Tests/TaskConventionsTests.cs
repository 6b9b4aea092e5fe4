using System.Reflection;
using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Cutover.Tasks.Production;

namespace Seidra.Cutover.Tests;

/// <summary>Holds every task to the rules of the house, by reflection.</summary>
[TestFixture]
public sealed class TaskConventionsTests
{
    private static readonly Dictionary<string, Type> FacetOfStage = new()
    {
        ["Preparation"] = typeof(IPreparationContext),
        ["Upgrade"] = typeof(IUpgradeContext),
        ["Validation"] = typeof(IValidationContext),
        ["Production"] = typeof(IProductionContext),
        ["Checklist"] = typeof(IChecklistContext),
        ["Operations"] = typeof(IOperationsContext),
        ["Repository"] = typeof(IRepositoryContext),
    };

    private static readonly string[] GuideLines =
    [
        "1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3", "3.4",
        "4.1", "4.2", "4.3", "4.4", "4.5", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "6.1",
    ];

    private static IEnumerable<Type> Tasks => typeof(CutoverTask).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFrostingTask)));

    private static IEnumerable<TestCaseData> EachTask => Tasks.Select(type => new TestCaseData(type).SetArgDisplayNames(type.Name));

    [TestCaseSource(nameof(EachTask))]
    public void A_task_is_public_sealed_described_and_named_as_its_class(Type task)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(task.IsPublic && task.IsSealed, Is.True, "public and sealed");
            Assert.That(task.Name, Does.EndWith("Task"));
            Assert.That(task.GetCustomAttribute<TaskNameAttribute>()?.Name, Is.EqualTo(task.Name[..^"Task".Length]));
            Assert.That(task.GetCustomAttribute<TaskDescriptionAttribute>()?.Description, Is.Not.Null.And.Not.Empty);
        }
    }

    [TestCaseSource(nameof(EachTask))]
    public void A_task_lives_in_the_folder_of_its_stage_and_sees_only_its_facet(Type task)
    {
        var stage = task.Namespace![(task.Namespace!.LastIndexOf('.') + 1)..];
        var facet = BaseTypes(task).First(type => type.IsGenericType).GetGenericArguments()[0];

        Assert.That(facet, Is.EqualTo(FacetOfStage[stage]), $"{task.Name} of stage {stage}");
    }

    [Test]
    public void The_context_implements_every_facet() =>
        Assert.That(typeof(CutoverContext).GetInterfaces(), Is.SupersetOf(FacetOfStage.Values));

    [Test]
    public void Every_guide_line_is_covered_by_a_step_and_no_other_is_named() =>
        Assert.That(StepCatalog.GuideMap.Select(line => line.GuideId).Distinct(), Is.EquivalentTo(GuideLines));

    [Test]
    public void Every_step_covers_at_least_one_guide_line() => Assert.That(
        StepCatalog.Steps.Where(step => step.GetCustomAttribute<GuideLineAttribute>() is null), Is.Empty);

    [TestCaseSource(nameof(EachTask))]
    public void A_step_depends_on_steps_of_its_own_or_an_earlier_stage(Type task)
    {
        var order = new[] { "Repository", "Operations", "Preparation", "Upgrade", "Validation", "Production", "Checklist" };
        int Rank(Type type) => Array.IndexOf(order, type.Namespace![(type.Namespace!.LastIndexOf('.') + 1)..]);
        var late = task.GetCustomAttributes<IsDependentOnAttribute>().Select(attribute => attribute.Task).Where(type => Rank(type) > Rank(task));

        // Cutover is the sum of all stages; it is the one task that reaches forward.
        Assert.That(late.Where(_ => task != typeof(CutoverTask)), Is.Empty);
    }

    [TestCase("RunQa", "SyncMedia")]
    [TestCase("SyncMedia", "MigrateDatabase")]
    [TestCase("SyncMedia", "ExportMedia")]
    [TestCase("MigrateDatabase", "VerifyBackup")]
    [TestCase("ExportMedia", "VerifyBackup")]
    [TestCase("Cutover", "RotateDemoAccount")]
    [TestCase("Cutover", "FinalChecklist")]
    public void The_graph_of_the_guide_holds(string from, string to) => Assert.That(Reach(from), Does.Contain(to));

    [Test]
    public void Cutover_never_reaches_the_release_of_Classic() => Assert.That(Reach("Cutover"), Does.Not.Contain("ReleaseClassic"));

    [Test]
    public void Releasing_Classic_starts_nothing_else() => Assert.That(Reach("ReleaseClassic"), Is.Empty);

    private static HashSet<string> Reach(string target)
    {
        var reached = new HashSet<string>();
        var open = new Stack<Type>([Tasks.Single(type => type.GetCustomAttribute<TaskNameAttribute>()!.Name == target)]);
        while (open.TryPop(out var task))
        {
            foreach (var next in task.GetCustomAttributes<IsDependentOnAttribute>().Select(attribute => attribute.Task))
            {
                if (reached.Add(next.GetCustomAttribute<TaskNameAttribute>()!.Name))
                {
                    open.Push(next);
                }
            }
        }

        return reached;
    }

    private static IEnumerable<Type> BaseTypes(Type type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }
}
