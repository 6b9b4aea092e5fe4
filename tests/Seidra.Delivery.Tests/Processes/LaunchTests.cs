namespace Seidra.Delivery.Tests;

public sealed class LaunchTests : IDisposable
{
    private const UnixFileMode ReadOnly644 = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private Task<ProcessResult> Run(string file, params string[] arguments) =>
        new ProcessRunner().RunAsync(new ProcessSpec { FileName = file, Arguments = arguments, WorkingDirectory = _folder.Path, Capture = true });

    [TestCase("#!/usr/bin/env bash")]
    [TestCase("#!/bin/bash -e")]
    [TestCase("#! /bin/bash")]
    [TestCase("#!/usr/bin/env -S bash -e")]
    public async Task A_script_of_mode_644_runs_through_its_own_interpreter(string first)
    {
        _folder.Write("scripts/ci-report.sh", first + "\n[[ $1 == 'two words' ]] && echo \"bash $1\"\npwd\nexit 4\n", ReadOnly644);

        var result = await Run("./scripts/ci-report.sh", "two words");

        Assert.That(result.ExitCode, Is.EqualTo(4));
        Assert.That(result.Output.Split('\n'), Is.EqualTo(new[] { "bash two words", _folder.Path, "" }));
    }

    [Test]
    public async Task A_Windows_line_end_behind_the_interpreter_is_no_obstacle()
    {
        _folder.Write("x.sh", "#!/bin/sh\r\necho ok #\r\n", ReadOnly644);

        Assert.That((await Run("./x.sh")).Output, Is.EqualTo("ok\n"));
    }

    [Test]
    public async Task A_program_with_run_bit_is_executed_as_it_is()
    {
        _folder.Write("tool", "#!/bin/sh\necho run\n", ReadOnly644 | UnixFileMode.UserExecute);

        Assert.That((await Run("./tool")).Output, Is.EqualTo("run\n"));
    }

    [TestCase("no-such-program-at-all", "not found in PATH")]
    [TestCase("./missing.sh", "the program does not exist")]
    [TestCase("./folder", "found a folder")]
    [TestCase("./data", "has no run bit and no #! line")]
    [TestCase("./strange", "its interpreter /no/such/perl does not exist")]
    [TestCase("./snake", "needs no-such-python, which is not in PATH")]
    [TestCase("", "found an empty name")]
    public void What_cannot_run_is_named_with_its_remedy(string file, string expected)
    {
        Directory.CreateDirectory(_folder.At("folder"));
        _folder.Write("data", "1,2,3\n", ReadOnly644);
        _folder.Write("strange", "#!/no/such/perl\n", ReadOnly644);
        _folder.Write("snake", "#!/usr/bin/env no-such-python\n", ReadOnly644);

        Assert.That(() => Run(file), Throws.TypeOf<DeliveryException>().With.Message.Contains(expected));
    }

    [Test]
    public void A_missing_working_folder_is_named()
    {
        Assert.That(
            () => new ProcessRunner().RunAsync(new ProcessSpec { FileName = "true", WorkingDirectory = _folder.At("nowhere") }),
            Throws.TypeOf<DeliveryException>().With.Message.Contains("nowhere, does not exist"));
    }

    [Test]
    public void A_binary_of_another_machine_fails_with_a_sentence_or_an_exit_code()
    {
        _folder.Write("alien", "\u007FELF-not-really", ReadOnly644 | UnixFileMode.UserExecute);

        var result = Run("./alien").GetAwaiter().GetResult();

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Tail, Has.Some.Contains("alien"));
    }
}
