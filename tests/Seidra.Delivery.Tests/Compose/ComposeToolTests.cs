namespace Seidra.Delivery.Tests;

public sealed class ComposeToolTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Fake(string body) => _folder.Write("compose-" + Guid.NewGuid().ToString("N"), "#!/bin/sh\n" + body + "\n");

    [TestCase("echo 2.27.1", "2.27.1")]
    [TestCase("echo v2.6.0", "2.6.0")]
    [TestCase("echo 2.24.5-desktop.1", "2.24.5")]
    [TestCase("echo 1.29.2", "1.29.2")]
    public async Task The_version_is_read_in_all_its_spellings(string body, string version)
    {
        var fake = Fake("[ \"$*\" = 'version --short' ] && " + body);

        var tool = await ComposeTool.DetectAsync(new ProcessRunner(), fake);

        Assert.That(tool.Argv, Is.EqualTo(new[] { fake }));
        Assert.That(tool.Version, Is.EqualTo(Version.Parse(version)));
    }

    [TestCase("exit 1")]
    [TestCase("echo hello")]
    public void What_does_not_answer_is_named(string body)
    {
        Assert.That(() => ComposeTool.DetectAsync(new ProcessRunner(), Fake(body)), Throws.TypeOf<DeliveryException>().With.Message.Contains("tools.compose"));
    }

    [Test]
    public async Task A_command_of_two_words_is_taken_apart()
    {
        var fake = Fake("[ \"$*\" = 'compose version --short' ] && echo 2.20.0");

        Assert.That((await ComposeTool.DetectAsync(new ProcessRunner(), $"{fake} compose")).Argv, Is.EqualTo(new[] { fake, "compose" }));
    }
}
