namespace Seidra.Delivery.Tests;

/// <summary>What docker answers when it fails, told by programs in its place.</summary>
public sealed class DockerFaultTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private ComposeRuntime Runtime(string docker) => new(
        new ProcessRunner(),
        new ComposeTool(["docker-compose"], new Version(1, 29, 2)),
        new ComposeProject { ProjectName = "seidra", File = ["compose.yml"], Directory = _folder.Path })
    {
        Docker = _folder.Write("docker", "#!/bin/sh\n" + docker + "\n"),
    };

    private const string State = """{"Status":"running","ExitCode":0,"Health":{"Status":"healthy","Log":[{"Output":"a|b"}]}}""";

    [Test]
    public void A_daemon_that_is_not_there_is_named()
    {
        Assert.That(
            () => Runtime("echo 'Cannot connect to the Docker daemon' >&2; exit 1").IsRunningAsync(),
            Throws.TypeOf<DeliveryException>().With.Message.Contains("Check that the docker daemon runs").And.Message.Contains("Cannot connect"));
    }

    [Test]
    public void A_daemon_that_does_not_tell_the_states_is_an_error_not_an_empty_stack()
    {
        Assert.That(
            () => Runtime("[ $1 = ps ] && echo abc && exit 0; echo 'template parsing error' >&2; exit 1").IsRunningAsync(),
            Throws.TypeOf<DeliveryException>().With.Message.Contains("template parsing error"));
    }

    [Test]
    public async Task A_container_that_went_away_between_two_questions_is_no_error()
    {
        var runtime = Runtime($"[ $1 = ps ] && echo abc && echo gone && exit 0; echo 'abc|backend|0|{State}'; echo 'Error: No such container: gone' >&2; exit 1");

        Assert.That(await runtime.IsRunningAsync(), Is.True);
    }

    [Test]
    public async Task No_container_is_not_running()
    {
        Assert.That(await Runtime("exit 0").IsRunningAsync(), Is.False);
    }
}
