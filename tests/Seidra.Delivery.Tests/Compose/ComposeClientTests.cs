namespace Seidra.Delivery.Tests;

public sealed class ComposeClientTests
{
    private static readonly ComposeTool Plugin = new(["docker", "compose"], new Version(2, 27, 0));
    private static readonly ComposeTool Old = new(["docker-compose"], new Version(1, 29, 2));

    private static readonly ComposeProject Project = new()
    {
        ProjectName = "seidra-staging",
        File = ["docker-compose.dev.yml", "override.yml"],
        EnvFile = [".env"],
        Profile = ["ml"],
        Directory = "clone",
    };

    private static string Line(IReadOnlyList<string> argv) => string.Join(' ', argv);

    [Test]
    public void Command_lines_carry_the_official_names_in_the_official_places()
    {
        var compose = new ComposeClient(Plugin, Project);
        const string Head = "docker compose --file docker-compose.dev.yml --file override.yml --project-name seidra-staging --env-file .env --profile ml ";

        Assert.Multiple(() =>
        {
            Assert.That(Line(compose.Up(new ComposeUpOptions())), Is.EqualTo(Head + "up --detach"));
            Assert.That(
                Line(compose.Up(new ComposeUpOptions { Wait = true, WaitTimeout = TimeSpan.FromSeconds(90.2), Build = true, Pull = "missing", RemoveOrphans = true })),
                Is.EqualTo(Head + "up --detach --wait --wait-timeout 91 --build --pull missing --remove-orphans"));
            Assert.That(Line(compose.Down(new ComposeDownOptions())), Is.EqualTo(Head + "down"));
            Assert.That(Line(compose.Down(new ComposeDownOptions { Volumes = true, RemoveOrphans = true, Timeout = TimeSpan.FromSeconds(5) })), Is.EqualTo(Head + "down --volumes --remove-orphans --timeout 5"));
            Assert.That(Line(compose.Ps(new ComposePsOptions { All = true, Format = "json" })), Is.EqualTo(Head + "ps --all --format json"));
            Assert.That(
                Line(compose.Logs(new ComposeLogsOptions { Follow = true, Tail = 100, Since = "10m", Services = ["backend", "db"] })),
                Is.EqualTo(Head + "logs --no-color --follow --tail 100 --since 10m backend db"));
        });
    }

    [Test]
    public void What_Compose_1_does_not_know_is_refused_not_left_out()
    {
        var compose = new ComposeClient(Old, Project);

        Assert.That(Line(compose.Up(new ComposeUpOptions { Build = true, RemoveOrphans = true })), Does.StartWith("docker-compose --file").And.EndWith("up --detach --build --remove-orphans"));
        Assert.Multiple(() =>
        {
            Assert.That(() => compose.Up(new ComposeUpOptions { Wait = true }), Throws.TypeOf<DeliveryException>().With.Message.Contains("docker-compose 1.29.2: does not know --wait"));
            Assert.That(() => compose.Up(new ComposeUpOptions { Pull = "always" }), Throws.TypeOf<DeliveryException>());
            Assert.That(() => compose.Ps(new ComposePsOptions { Format = "json" }), Throws.TypeOf<DeliveryException>());
            Assert.That(() => compose.Logs(new ComposeLogsOptions { Since = "1h" }), Throws.TypeOf<DeliveryException>());
            Assert.That(() => new ComposeClient(Old, Project with { EnvFile = ["a", "b"] }).Down(new ComposeDownOptions()), Throws.TypeOf<DeliveryException>());
        });
    }

    [TestCase("2.27.0", true)]
    [TestCase("2.18.0", true)]
    [TestCase("2.17.3", false)]
    [TestCase("1.29.2", false)]
    public void Waiting_is_left_to_Compose_only_where_it_can(string version, bool expected)
    {
        Assert.That(new ComposeTool(["docker", "compose"], Version.Parse(version)).CanWait, Is.EqualTo(expected));
    }
}
