using System.Text.RegularExpressions;
using Cake.Frosting.Tests.Support;

namespace Cake.Frosting.Tests;

/// <summary>Compares the sample program with what the official package was observed to print; durations are masked.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed partial class ObservedTests
{
    [TestCase("default-summary")]
    [TestCase("description")]
    [TestCase("dryrun")]
    [TestCase("dryrun-target")]
    [TestCase("exclusive")]
    [TestCase("multi")]
    [TestCase("no-report")]
    [TestCase("target-build")]
    [TestCase("target-flaky")]
    [TestCase("target-quiet")]
    [TestCase("target-skipped")]
    public void Behaves_as_observed(string name)
    {
        var (args, expected) = Observed(name);
        Assert.That(Run(args), Is.EqualTo(expected));
    }

    [Test]
    public void A_failed_task_says_the_same_but_its_exit_code_arrives()
    {
        var (args, expected) = Observed("target-fail");
        Assert.That(expected.ExitCode, Is.EqualTo(1));
        Assert.That(Run(args), Is.EqualTo(expected with { ExitCode = 42 }));
    }

    [Test]
    public void An_unknown_target_is_a_usage_error_that_names_the_nearest()
    {
        var (args, expected) = Observed("target-unknown");
        var outcome = Run(args);
        Assert.That(outcome.Out, Is.EqualTo(expected.Out));
        Assert.That(outcome.Error, Does.StartWith(expected.Error.TrimEnd()).And.Contain("'Noop'"));
        Assert.That(outcome.ExitCode, Is.EqualTo(2));
    }

    [Test]
    public void The_tree_also_shows_what_comes_in_by_IsDependeeOf()
    {
        var (args, expected) = Observed("tree");
        var shown = expected.Out
            .Replace("│ └─Clean\n", "│ ├─Clean\n│ └─Lint\n", StringComparison.Ordinal)
            .Replace("   └─Clean\n", "   ├─Clean\n   └─Lint\n", StringComparison.Ordinal);
        Assert.That(Run(args), Is.EqualTo(expected with { Out = shown }));
    }

    [Test]
    public void An_unknown_option_is_a_usage_error_and_nothing_runs()
    {
        var (args, _) = Observed("unknown-arg");
        Assert.That(Run(args), Is.EqualTo(new Outcome(2, string.Empty, "Error: Unknown option '--bogus'. The nearest is '--help'; --help lists them all.\n")));
    }

    [Test]
    public void A_stray_word_is_a_usage_error_that_names_the_nearest_target()
    {
        var (args, _) = Observed("unknown-positional");
        Assert.That(args, Is.EqualTo(new[] { "extra" }));
        Assert.That(
            Run("Buidl"),
            Is.EqualTo(new Outcome(2, string.Empty, "Error: Unknown word 'Buidl': targets are named by --target. The nearest is '--target=Build'.\n")));
    }

    [Test]
    public void Help_says_all_that_was_observed_and_more()
    {
        var (args, expected) = Observed("help");
        var outcome = Run(args);
        var lines = Trimmed(outcome.Out);
        var wanted = Trimmed(expected.Out.Replace("Build.dll", "Cake.Frosting.Sample.dll", StringComparison.Ordinal));
        Assert.That(lines.Where(wanted.Contains).Distinct(), Is.EqualTo(wanted.Distinct()));
        Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((0, string.Empty)));
    }

    [Test]
    public void Version_and_info_tell_those_of_the_program()
    {
        Assert.That(Observed("version").Expected.Out, Is.EqualTo("Unknown\n"));
        Assert.That(Run("--version"), Is.EqualTo(new Outcome(0, "1.2.3\n", string.Empty)));

        var (args, expected) = Observed("info");
        var info = DetailsPattern.Replace(Run(args).Out, "Version: Unknown\nDetails: 1.0.0\n");
        Assert.That(info, Is.EqualTo(expected.Out));
    }

    private static (string[] Args, Outcome Expected) Observed(string name)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Observed", name + ".txt"));
        var match = FilePattern.Match(text);
        Assert.That(match.Success, name);
        var args = match.Groups["args"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (args, Masked(new Outcome(int.Parse(match.Groups["code"].Value, null), match.Groups["out"].Value, match.Groups["error"].Value)));
    }

    private static Outcome Run(params string[] args) => Masked(SampleProgram.Run(args));

    private static Outcome Masked(Outcome outcome) => outcome with { Out = DurationPattern.Replace(outcome.Out, "<duration>      ") };

    private static List<string> Trimmed(string text) => [.. text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];

    [GeneratedRegex(@"\d\d:\d\d:\d\d\.\d+")]
    private static partial Regex DurationPattern { get; }

    [GeneratedRegex(@"Version: 1\.2\.3\nDetails: 1\.2\.3(\+\w+)?\n")]
    private static partial Regex DetailsPattern { get; }

    [GeneratedRegex(@"^\$ Build(?<args>.*?) +# env.*?\n--- stdout\n(?<out>.*)--- stderr\n(?<error>.*)--- exit code (?<code>\d+)\s*$", RegexOptions.Singleline)]
    private static partial Regex FilePattern { get; }
}
