using System.Runtime.Versioning;
using Cake.Frosting.Tests.Support;

namespace Cake.Frosting.Tests.Scripts;

/// <summary>The start script on a checkout of its own; the tests build upon each other's cache.</summary>
[Platform("Unix")]
[UnsupportedOSPlatform("windows")]
public sealed class BuildShTests
{
    private MiniCheckout _checkout = null!;

    [OneTimeSetUp]
    public void Create() => _checkout = new MiniCheckout();

    [OneTimeTearDown]
    public void Delete() => _checkout.Dispose();

    [Test, Order(1)]
    public void Two_cold_starts_at_once_build_once_and_both_run()
    {
        var first = _checkout.Start(["a", "b c", "--d=\"e\" $f *"]);
        var second = _checkout.Start(["second"]);
        var outcomes = new[] { first, second }.AsParallel().AsOrdered().Select(MiniCheckout.Outcome).ToList();
        Assert.That(outcomes[0].Out, Does.StartWith("first a|b c|--d=\"e\" $f * in "));
        Assert.That(outcomes[1].Out, Does.StartWith("first second in "));
        Assert.That(outcomes.Select(outcome => outcome.ExitCode), Is.All.EqualTo(7));
        Assert.That(string.Concat(outcomes.Select(outcome => outcome.Error)).Split('\n'), Has.Exactly(1).EqualTo("build.sh: building..."));
        Assert.That(_checkout.Programs, Has.Count.EqualTo(1));
    }

    [Test, Order(2)]
    public void A_warm_start_says_nothing_and_stays_where_it_was_called()
    {
        var outcome = MiniCheckout.Outcome(_checkout.Start(["x"], directory: Path.GetTempPath()));
        Assert.That(outcome, Is.EqualTo(new Outcome(7, $"first x in {Path.GetTempPath().TrimEnd('/')}\n", string.Empty)));
    }

    [Test, Order(3)]
    public void A_touched_file_changes_nothing_but_a_changed_one_does_and_back_again_is_warm()
    {
        File.SetLastWriteTimeUtc(_checkout.InRoot("build/Program.cs"), DateTime.UtcNow.AddHours(1));
        Directory.CreateDirectory(_checkout.InRoot("build/obj"));
        File.WriteAllText(_checkout.InRoot("build/obj/left.txt"), "by another build");
        Assert.That(_checkout.Run("x").Error, Is.Empty);

        _checkout.Say("second");
        var changed = _checkout.Run("x");
        Assert.That(changed.Out, Does.StartWith("second x"));
        Assert.That(changed.Error, Is.EqualTo("build.sh: building...\n"));

        _checkout.Say("first");
        var back = _checkout.Run("x");
        Assert.That(back.Out, Does.StartWith("first x"));
        Assert.That(back.Error, Is.Empty);
    }

    [Test, Order(4)]
    public void A_signal_reaches_the_program()
    {
        using var process = _checkout.Start(["wait"]);
        Assert.That(process.StandardOutput.ReadLine(), Does.StartWith("first wait"));
        System.Diagnostics.Process.Start("kill", ["-TERM", $"{process.Id}"]).WaitForExit();
        Assert.That(process.WaitForExit(10_000), Is.True);
        Assert.That(process.ExitCode, Is.EqualTo(143), "that of a program which leaves SIGTERM to the runtime");
    }

    [Test, Order(5)]
    public void A_build_that_fails_shows_all_of_its_output()
    {
        File.WriteAllText(_checkout.InRoot("src/readme.txt"), "one more source");
        File.AppendAllText(_checkout.InRoot("build/Program.cs"), "\nnonsense;\n");
        var outcome = _checkout.Run("x");
        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Out, Is.Empty);
        Assert.That(outcome.Error, Does.Contain("error CS").And.EndsWith("the build has failed; its whole output is above\n"));
    }

    [Test, Order(6)]
    public void Old_programs_go_but_one_in_use_stays()
    {
        _checkout.Say("first");
        File.Delete(_checkout.InRoot("src/readme.txt"));
        using var running = _checkout.Start(["wait"]);
        Assert.That(running.StandardOutput.ReadLine(), Does.StartWith("first wait"));
        var inUse = _checkout.Programs[0];
        foreach (var word in new[] { "third", "fourth", "fifth" })
        {
            _checkout.Say(word);
            Assert.That(_checkout.Run("x").Out, Does.StartWith(word));
        }

        Assert.That(_checkout.Programs, Has.Count.EqualTo(4).And.Member(inUse), "the last three and the one in use; that of 'second' is gone");
        running.Kill();
        running.WaitForExit();
        _checkout.Say("sixth");
        Assert.That(_checkout.Run("x").Out, Does.StartWith("sixth"));
        Assert.That(_checkout.Programs, Has.Count.EqualTo(3).And.No.Member(inUse));
    }

    [Test, Order(7)]
    public void Without_an_SDK_and_without_a_download_one_line_says_what_to_install()
    {
        using var bin = new TemporaryFolder();
        foreach (var tool in new[] { "bash", "env", "dirname", "find", "sort", "xargs", "sha256sum", "cut", "mkdir", "flock", "sed", "tail", "cat", "rm", "grep" })
            File.CreateSymbolicLink(Path.Combine(bin.Path, tool), Resolve(tool));
        _checkout.Say("seventh");
        var outcome = MiniCheckout.Outcome(_checkout.Start(["x"], new Dictionary<string, string> { ["PATH"] = bin.Path }));
        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error.TrimEnd().Split('\n')[^1], Does.Match(
            @"^build\.sh: the \.NET SDK 10\.\S+ is needed and could not be fetched \(neither curl nor wget is here\): install it from https://\S+ and run this again$"));
    }

    [Test, Order(8)]
    public void Without_an_SDK_the_install_script_brings_it()
    {
        // Stands in for the download: an install script that puts this machine's SDK where it was told to.
        using var bin = new TemporaryFolder();
        foreach (var tool in new[] { "bash", "env", "dirname", "readlink", "find", "sort", "xargs", "sha256sum", "cut", "mkdir", "mktemp", "flock", "sed", "tail", "cat", "rm", "mv", "ls", "chmod", "ln", "uname" })
            File.CreateSymbolicLink(Path.Combine(bin.Path, tool), Resolve(tool));
        var dotnet = File.ResolveLinkTarget(Resolve("dotnet"), returnFinalTarget: true)?.FullName ?? Resolve("dotnet");
        File.WriteAllText(Path.Combine(bin.Path, "curl"), $"""
            #!/usr/bin/env bash
            [[ "$*" == *"https://dot.net/v1/dotnet-install.sh"* ]] || exit 22
            while [[ "$1" != -o ]]; do shift; done
            echo 'while [[ "$1" != --install-dir ]]; do shift; done; ln -s "{dotnet}" "$2/dotnet"' >"$2"
            """);
        File.SetUnixFileMode(Path.Combine(bin.Path, "curl"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _checkout.Say("eighth");
        var outcome = MiniCheckout.Outcome(_checkout.Start(["x"], new Dictionary<string, string> { ["PATH"] = bin.Path }));
        Assert.That(outcome.Error, Does.Match(@"build\.sh: building\.\.\.\nbuild\.sh: bringing the \.NET SDK 10\.\S+ into \.cache/dotnet\.\.\.\n$"));
        Assert.That(outcome.Out, Does.StartWith("eighth x"));
    }

    private static string Resolve(string tool) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, tool)).First(File.Exists);
}
