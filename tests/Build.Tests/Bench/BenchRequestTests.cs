using Seidra.Cutover.Bench;
using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Tests;

/// <summary>What may be asked of a benchmark.</summary>
[TestFixture]
public sealed class BenchRequestTests
{
    [Test]
    public void By_default_all_is_measured_three_times_at_full_size()
    {
        var request = Of(("suite", "database"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((request.Rows, request.Repeat, request.Scaled), Is.EqualTo((500_000, 3, false)));
            Assert.That(request.Only, Is.Empty);
            Assert.That(request.Measure, Is.Null);
        }
    }

    [Test]
    public void Fewer_rows_make_it_a_scaled_run_that_may_run_once()
    {
        var request = Of(("suite", "database"), ("rows", "2000"), ("repeat", "1"), ("only", "a, b"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((request.Rows, request.Repeat, request.Scaled), Is.EqualTo((2000, 1, true)));
            Assert.That(request.Only, Is.EqualTo(new[] { "a", "b" }));
        }
    }

    [TestCase("rows", "many")]
    [TestCase("rows", "-5")]
    [TestCase("repeat", "2", Description = "a median of two is none")]
    public void What_makes_no_sense_is_refused(string option, string value) => Assert.That(
        () => Of(("suite", "database"), (option, value)),
        Throws.TypeOf<StepException>().With.Property("ExitCode").EqualTo(2).And.Message.Contains($"--{option}").And.Message.Contains(value));

    [Test]
    public void A_suite_must_be_named() => Assert.That(
        () => Of(), Throws.TypeOf<StepException>().With.Property("ExitCode").EqualTo(2).And.Message.Contains("database"));

    [Test]
    public void An_unknown_suite_and_an_unknown_measurement_are_refused_before_anything_starts()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => BenchSuites.Find("databse"), Throws.TypeOf<StepException>().With.Message.Contains("database"));
            Assert.That(
                async () => await BenchRun.RunAsync(Of(("suite", "database"), ("only", "restore-dril")), "nowhere", CancellationToken.None),
                Throws.TypeOf<StepException>().With.Property("ExitCode").EqualTo(2).And.Message.Contains("restore-drill"));
            Assert.That(Directory.Exists("nowhere"), Is.False);
        }
    }

    private static BenchRequest Of(params (string Name, string Value)[] arguments) =>
        BenchRequest.Of(name => arguments.FirstOrDefault(argument => argument.Name == name).Value);
}
