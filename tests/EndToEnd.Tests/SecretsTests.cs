using System.Runtime.Versioning;

namespace Seidra.EndToEnd.Tests;

/// <summary>Secrets lie in the files that are meant to hold them, and nowhere else: no log, no report, no command line.</summary>
[TestFixture]
[UnsupportedOSPlatform("windows")]
public sealed class SecretsTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly CutoverProgram _program = new();

    public void Dispose() => _program.Dispose();

    [TestCase("embedded", 6)]
    [TestCase("services", 9)]
    public async Task No_secret_leaves_the_files_that_hold_it(string profile, int fewest)
    {
        var watch = new SecretWatch(_program.State);
        using var run = _program.Start(["--target=Cutover", $"--profile={profile}", .. CutoverProgram.Small]);
        await watch.WatchAsync(run);
        var result = await run.EndAsync();
        Assert.That(result.ExitCode, Is.Zero, result.ToString());

        var searched = Searched(watch).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(watch.Values, Has.Count.GreaterThanOrEqualTo(fewest), "there are secrets to look for");
            Assert.That(watch.Values.Where(value => value.Length < 8), Is.Empty, "each long enough not to be found by chance");
            Assert.That(watch.CommandLines, Does.Contain("Build.dll").And.Contain("Seidra.Sandbox.dll"), "command lines were seen");
            Assert.That(searched, Has.Count.GreaterThan(400), "files were searched");
            Assert.That(watch.FoundIn(result.Output), Is.Empty, "standard output");
            Assert.That(watch.FoundIn(result.Errors), Is.Empty, "standard error");
            Assert.That(watch.FoundIn(watch.CommandLines), Is.Empty, "command lines");
            Assert.That(searched.SelectMany(file => watch.FoundIn(File.ReadAllBytes(file)).Select(value => $"{file}: {value}")), Is.Empty);
            Assert.That(watch.Holders.Where(file => File.GetUnixFileMode(file) != OwnerOnly), Is.Empty, "mode 0600");
            Assert.That(File.GetUnixFileMode(_program.State), Is.EqualTo(OwnerOnly | UnixFileMode.UserExecute), "mode 0700");
        }
    }

    // All that the run wrote, but for the holders and the servers' own stores of their credentials.
    private IEnumerable<string> Searched(SecretWatch watch) => Directory
        .EnumerateFiles(_program.Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        .Except(watch.Holders)
        .Where(file => !file.StartsWith(Path.Combine(_program.State, "sandbox", "servers"), StringComparison.Ordinal));
}
