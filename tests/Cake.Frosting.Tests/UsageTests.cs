using Cake.Frosting.Tests.Support;

namespace Cake.Frosting.Tests;

[Parallelizable(ParallelScope.Children)]
public sealed class UsageTests
{
    [TestCase("--conifguration=Debug", "Unknown option '--conifguration'. The nearest is '--configuration'; --help lists them all.")]
    [TestCase("--TRE", "Unknown option '--TRE'. The nearest is '--tree'; --help lists them all.")]
    [TestCase("-x", "Unknown option '-x'. The nearest is '--fix'; --help lists them all.")]
    [TestCase("--depth=ful", "Option '--depth' knows quick, full, not 'ful'. The nearest is '--depth=full'.")]
    [TestCase("--depth", "Option '--depth' expects a value: --depth=<quick|full>.")]
    [TestCase("--configuration=", "Option '--configuration' expects a value: --configuration=<NAME>.")]
    [TestCase("--fix=all", "Option '--fix' is a switch: it takes no value, or true or false, not 'all'.")]
    [TestCase("--verbosity=loud", "Option '--verbosity' knows Quiet, Minimal, Normal, Verbose, Diagnostic, not 'loud'.")]
    [TestCase("--complete=fish", "Option '--complete' knows bash, zsh, pwsh, not 'fish'.")]
    public void A_wrong_option_is_named_with_the_nearest(string arg, string message)
    {
        var outcome = SampleProgram.Run("--target=Noop", arg);
        Assert.That(outcome.Error, Does.StartWith($"Error: {message}"));
        Assert.That((outcome.ExitCode, outcome.Out), Is.EqualTo((2, string.Empty)));
    }

    [Test]
    public void All_problems_are_named_at_once()
    {
        var outcome = SampleProgram.Run("--target=Cleen", "--bogus", "extra");
        Assert.That(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(3));
        Assert.That(outcome.Error, Does.Contain("'Clean'").And.Contain("'--bogus'").And.Contain("'extra'"));
    }

    [TestCase("--configuration=Debug")]
    [TestCase("--configuration", "Debug")]
    [TestCase("--CONFIGURATION=Debug")]
    [TestCase("--configuration=Debug", "--fix", "--depth=QUICK")]
    [TestCase("--configuration=Debug", "--fix=false", "--settings_skipverification=true")]
    public void Declared_options_and_those_of_Cake_arrive(params string[] args)
    {
        var outcome = SampleProgram.Run(["-t", "clean", .. args]);
        Assert.That(outcome.Out, Does.Contain("cleaning Debug"));
        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, string.Empty)));
    }

    [Test]
    public void A_value_keeps_its_equals_signs_and_its_spaces() =>
        Assert.That(SampleProgram.Run("--target=Clean", "--configuration=a=b c=d").Out, Does.Contain("cleaning a=b c=d"));

    [Test]
    public void A_program_without_a_Default_task_says_so()
    {
        var outcome = InProcess.Run();
        Assert.That(outcome.ExitCode, Is.EqualTo(2));
        Assert.That(outcome.Error, Does.StartWith("Error: The target 'Default' was not found."));
    }

    [TestCase("--description")]
    [TestCase("--tree")]
    [TestCase("--help")]
    [TestCase("--version")]
    [TestCase("--info")]
    [TestCase("--complete=bash")]
    public void A_question_is_answered_without_a_Default_task(string arg) => Assert.That(InProcess.Run(arg).ExitCode, Is.Zero);

    [Test]
    public void Help_lists_options_by_task_and_exit_codes()
    {
        var help = SampleProgram.Run("--help").Out;
        Assert.That(help, Does.Contain("OPTIONS OF EVERY RUN:\n        --configuration <NAME>    What is built\n"));
        Assert.That(help, Does.Contain("OPTIONS OF Build:\n        --depth <quick|full>    How thorough it is\n"));
        Assert.That(help, Does.Contain("OPTIONS OF Lint:\n        --fix    Mends what it can\n"));
        Assert.That(help, Does.Contain("EXIT CODES:\n    0     done\n    42    the task Fail has failed\n"));
        Assert.That(help, Does.Contain("--description").And.Contain("TARGETS:"));
    }

    [Test]
    public void Help_speaks_of_the_script_that_started_the_program() =>
        Assert.That(
            SampleProgram.Run(new Dictionary<string, string> { ["CAKE_HOST_COMMAND"] = "./build.sh" }, "--help").Out,
            Does.StartWith("USAGE:\n    ./build.sh [OPTIONS]\n"));
}
