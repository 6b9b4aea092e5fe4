using Cake.Frosting.Internal;
using Cake.Frosting.Tests.Support;

namespace Cake.Frosting.Tests;

[Parallelizable(ParallelScope.Children)]
public sealed class OutputTests
{
    private const char Escape = '\x1b';

    [TestCase("--target=Fail")]
    [TestCase("--description")]
    [TestCase("--tree")]
    [TestCase("--dryrun")]
    [TestCase("--help")]
    public void Piped_output_has_no_escapes(string arg)
    {
        var outcome = SampleProgram.Run(new Dictionary<string, string> { ["TERM"] = "xterm-256color", ["CI"] = "true" }, arg);
        Assert.That(outcome.Out, Is.Not.Empty.And.Not.Contain(Escape));
        Assert.That(outcome.Error, Does.Not.Contain(Escape));
    }

    [Test]
    public void Colours_can_be_forced_and_forbidden()
    {
        var forced = SampleProgram.Run(new Dictionary<string, string> { ["FORCE_COLOR"] = "1" }, "--target=Fail");
        Assert.That(forced.Error, Does.Contain(Escape));

        var both = SampleProgram.Run(new Dictionary<string, string> { ["FORCE_COLOR"] = "1", ["NO_COLOR"] = "1" }, "--target=Fail");
        Assert.That(both.Out + both.Error, Does.Not.Contain(Escape));
    }

    [TestCase(false, "TERM=xterm", ExpectedResult = true)]
    [TestCase(false, "", ExpectedResult = true)]
    [TestCase(false, "TERM=dumb", ExpectedResult = false)]
    [TestCase(false, "NO_COLOR=1", ExpectedResult = false)]
    [TestCase(true, "TERM=xterm", ExpectedResult = false)]
    [TestCase(true, "FORCE_COLOR=1", ExpectedResult = true)]
    [TestCase(true, "FORCE_COLOR=0", ExpectedResult = false)]
    [TestCase(true, "CLICOLOR_FORCE=1", ExpectedResult = true)]
    [TestCase(true, "CLICOLOR_FORCE=1;NO_COLOR=1", ExpectedResult = false)]
    public bool A_terminal_gets_colours_unless_told_otherwise(bool redirected, string environment)
    {
        var variables = environment.Split(';', StringSplitOptions.RemoveEmptyEntries).ToDictionary(pair => pair.Split('=')[0], pair => pair.Split('=')[1]);
        return ColorChoice.For(redirected, name => variables.GetValueOrDefault(name));
    }

    [Test]
    public void A_run_loads_neither_Spectre_nor_NuGet()
    {
        using var program = SampleProgram.StartWithTestTasks("--target=Assemblies");
        var loaded = program.Wait().Out;
        Assert.That(loaded, Does.Contain("Cake.Core").And.Not.Contain("NuGet").And.Not.Contain("Cake.DotNetTool"));
        Assert.That(loaded, Does.Not.Contain("Spectre.Console.Cli"));
    }
}
