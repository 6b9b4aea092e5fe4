using System.Diagnostics;
using System.Management.Automation.Language;
using Cake.Frosting.Tests.Support;

namespace Cake.Frosting.Tests;

[Parallelizable(ParallelScope.Children)]
public sealed class CompletionTests
{
    private static readonly Dictionary<string, string> _byScript = new() { ["CAKE_HOST_COMMAND"] = "./build.sh" };
    private static readonly Lazy<string> _bash = new(() => SampleProgram.Run(_byScript, "--complete=bash").Out);

    [TestCase("./build.sh --target=", "Noop Clean Build Lint Flaky Fail Handled Default")]
    [TestCase("./build.sh --target=F", "Flaky Fail")]
    [TestCase("./build.sh --target F", "Flaky Fail")]
    [TestCase("./build.sh -t F", "Flaky Fail")]
    [TestCase("./build.sh --tree --target=Cl", "Clean")]
    [TestCase("./build.sh --depth=", "quick full")]
    [TestCase("./build.sh --complete=p", "pwsh")]
    [TestCase("./build.sh --verbosity=Di", "Diagnostic")]
    [TestCase("./build.sh --con", "--configuration=")]
    [TestCase("./build.sh --target=Clean --d", "--description --dryrun --depth=")]
    [TestCase("./build.sh -", "--help --target= --working= --verbosity= --description --tree --dryrun --exclusive --version --no-report --info --complete= --configuration= --depth= --fix")]
    public void Bash_completes(string line, string words) => Assert.That(Complete(line, "=: "), Is.EqualTo(words));

    [Test]
    public void Bash_completes_whole_words_where_equals_does_not_part_them() =>
        Assert.That(Complete("./build.sh --target=F", " "), Is.EqualTo("--target=Flaky --target=Fail"));

    [Test]
    public void Zsh_gets_each_option_with_its_values()
    {
        var script = SampleProgram.Run(_byScript, "--complete=zsh").Out;
        Assert.That(script, Does.StartWith("#compdef build.sh\n").And.EndWith("compdef _build_sh build.sh\n"));
        Assert.That(script, Does.Contain("'*--target=[Target task to invoke]:TARGET:(Noop Clean Build Lint Flaky Fail Handled Default)'"));
        Assert.That(script, Does.Contain("'*--depth=[How thorough it is]:depth:(quick full)'"));
        Assert.That(script, Does.Contain("'*--working=[Sets the working directory]:PATH:_files'"));
        Assert.That(script, Does.Contain("'*--fix[Mends what it can]'"));
    }

    [Test]
    public void PowerShell_gets_each_option_with_its_values()
    {
        var script = SampleProgram.Run(_byScript, "--complete=pwsh").Out;
        Parser.ParseInput(script, out _, out var errors);
        Assert.That(errors, Is.Empty);
        Assert.That(script, Does.Contain("'--target' = @('Noop', 'Clean', 'Build', 'Lint', 'Flaky', 'Fail', 'Handled', 'Default')"));
        Assert.That(script, Does.Contain("'--configuration=' = 'What is built'").And.Contain("-CommandName 'build.sh', 'build'"));
    }

    /// <summary>What bash offers at the end of a line, by its own completion function.</summary>
    private static string Complete(string line, string wordBreaks)
    {
        var start = new ProcessStartInfo("bash", ["--norc"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var bash = Process.Start(start)!;
        bash.StandardInput.Write($"""
            {_bash.Value}
            COMP_WORDBREAKS='{wordBreaks}' COMP_LINE='{line}' COMP_POINT={line.Length} COMPREPLY=()
            set -- $(complete -p build.sh)
            "$3"
            echo "$(complete -p build.sh | wc -l)" "${"{COMPREPLY[@]}"}"
            """);
        bash.StandardInput.Close();
        var answer = bash.StandardOutput.ReadToEnd().Trim();
        bash.WaitForExit();
        Assert.That(answer, Does.StartWith("1 "), "the completion is registered");
        return answer[2..];
    }
}
