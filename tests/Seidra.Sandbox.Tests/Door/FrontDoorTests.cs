using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Seidra.Sandbox.Door;
using Seidra.Sandbox.Machines;
using Seidra.Sandbox.Servers;

namespace Seidra.Sandbox.Tests.Door;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FrontDoorTests : IDisposable
{
    private const string Token = "the-token";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seidra-door");
    private readonly SemaphoreSlim slowWrites = new(0);
    private readonly HttpClient client = new();
    private readonly HttpClient admin = new();
    private readonly List<WebApplication> sides = [];
    private FrontDoor? door;
    private WriteGate gate = new();

    [SetUp]
    public async Task OpenAsync()
    {
        var ports = new[] { FreePorts.Next(), FreePorts.Next() };
        sides.Add(await SideAsync("classic", ports[0]));
        sides.Add(await SideAsync("ultimate", ports[1]));
        client.BaseAddress = new Uri($"http://127.0.0.1:{FreePorts.Next()}");
        admin.BaseAddress = new Uri($"http://127.0.0.1:{FreePorts.Next()}");
        admin.DefaultRequestHeaders.Add("X-Door-Token", Token);
        await OpenDoorAsync(ports[0], ports[1]);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        slowWrites.Release(1000);
        await door!.DisposeAsync();
        foreach (var side in sides)
            await LoopbackServer.StopAsync(side);
    }

    public void Dispose()
    {
        client.Dispose();
        admin.Dispose();
        slowWrites.Dispose();
        gate.Dispose();
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task Serves_classic_first_and_the_other_side_after_the_switch()
    {
        Assert.That(await client.GetStringAsync("/who?x=1"), Is.EqualTo("classic GET /who?x=1"));
        Assert.That((await PutAsync("/_door/target", new { target = "ultimate" })).Status, Is.EqualTo(200));
        Assert.That(await client.GetStringAsync("/who"), Is.EqualTo("ultimate GET /who"));
    }

    [Test]
    public async Task Held_writes_reach_the_new_side_and_reads_pass_meanwhile()
    {
        var held = await PutAsync("/_door/hold", new { deadlineMs = 20000 });
        Assert.That(held.Body.ToJsonString(), Is.EqualTo("""{"target":"classic","holding":true,"inFlightWrites":0}"""));
        var writes = Enumerable.Range(0, 50).Select(_ => WriteAsync("/jobs")).ToList();
        Assert.That(await client.GetStringAsync("/read"), Is.EqualTo("classic GET /read"));
        await PutAsync("/_door/target", new { target = "ultimate" });
        await Task.Delay(100);
        Assert.That(writes.Count(write => write.IsCompleted), Is.Zero);

        using var released = await admin.DeleteAsync("/_door/hold");
        Assert.That(await Task.WhenAll(writes), Is.All.EqualTo("ultimate POST /jobs"));
    }

    [Test]
    public async Task Hold_answers_only_when_the_writes_under_way_are_answered()
    {
        var slow = WriteAsync("/slow");
        await UntilAsync(() => gate.InFlight == 1);
        var hold = PutAsync("/_door/hold", new { deadlineMs = 20000 });
        await Task.Delay(150);
        Assert.That(hold.IsCompleted, Is.False);
        slowWrites.Release();
        Assert.That((await hold).Status, Is.EqualTo(200));
        Assert.That(await slow, Is.EqualTo("classic POST /slow"));
    }

    [Test]
    public async Task Hold_that_cannot_drain_gives_up_at_the_deadline_and_lets_writes_pass()
    {
        var slow = WriteAsync("/slow");
        await UntilAsync(() => gate.InFlight == 1);
        var hold = await PutAsync("/_door/hold", new { deadlineMs = 150 });
        Assert.That((hold.Status, (bool)hold.Body["holding"]!), Is.EqualTo((504, false)));
        Assert.That(await WriteAsync("/jobs"), Is.EqualTo("classic POST /jobs"));
        slowWrites.Release();
        await slow;
    }

    [Test]
    public async Task Forgotten_hold_releases_itself_to_the_side_in_service()
    {
        await PutAsync("/_door/hold", new { deadlineMs = 300 });
        Assert.That(await WriteAsync("/jobs"), Is.EqualTo("classic POST /jobs"));
    }

    [TestCase("GET", "/_door")]
    [TestCase("PUT", "/_door/target")]
    [TestCase("PUT", "/_door/hold")]
    [TestCase("DELETE", "/_door/hold")]
    public async Task Wrong_token_is_refused_and_changes_nothing(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(admin.BaseAddress!, path)) { Content = JsonContent.Create(new { target = "ultimate", deadlineMs = 9000 }) };
        request.Headers.Add("X-Door-Token", "another");
        using var response = await client.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await admin.GetStringAsync("/_door"), Is.EqualTo("""{"target":"classic","holding":false,"inFlightWrites":0}""").IgnoreWhiteSpace);
    }

    [TestCase("/_door/target", """{"target":"elsewhere"}""")]
    [TestCase("/_door/target", """{}""")]
    [TestCase("/_door/target", "no json")]
    [TestCase("/_door/hold", """{"deadlineMs":0}""")]
    [TestCase("/_door/hold", """{"deadlineMs":86400000}""")]
    [TestCase("/_door/hold", "[]")]
    public async Task Nonsense_is_refused_with_an_explanation(string path, string body)
    {
        using var response = await admin.PutAsync(path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>();
        Assert.That(((int)response.StatusCode, (string?)answer!["error"]), Is.EqualTo((400, (string?)answer["error"])));
        Assert.That((string?)answer["error"], Does.StartWith("expected"));
        Assert.That(((string)answer["target"]!, (bool)answer["holding"]!), Is.EqualTo(("classic", false)));
    }

    [Test]
    public async Task Clients_do_not_reach_the_admin_api()
    {
        using var response = await client.GetAsync("/_door");
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("classic GET /_door"));
    }

    [Test]
    public async Task Target_survives_a_restart_of_the_door()
    {
        await PutAsync("/_door/target", new { target = "ultimate" });
        await door!.DisposeAsync();
        gate = new WriteGate();
        await OpenDoorAsync(new Uri(sides[0].Urls.First()).Port, new Uri(sides[1].Urls.First()).Port);
        Assert.That(await client.GetStringAsync("/who"), Is.EqualTo("ultimate GET /who"));
    }

    private async Task OpenDoorAsync(int classicPort, int ultimatePort)
    {
        var target = new DoorTarget(Path.Combine(folder.FullName, "door.json"));
        door = await FrontDoor.OpenAsync(
            client.BaseAddress!.Port, admin.BaseAddress!.Port, $"http://127.0.0.1:{classicPort}", $"http://127.0.0.1:{ultimatePort}",
            target, gate, new DoorAdmin(Token, target, gate, _ => Task.CompletedTask));
    }

    private async Task<WebApplication> SideAsync(string name, int port)
    {
        var app = LoopbackServer.CreateBuilder(port).Build();
        app.Run(async context =>
        {
            if (context.Request.Path == "/slow")
                await slowWrites.WaitAsync();
            await context.Response.WriteAsync($"{name} {context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
        });
        await app.StartAsync();
        return app;
    }

    private async Task<string> WriteAsync(string path)
    {
        using var response = await client.PostAsync(path, new StringContent("{}"));
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<(int Status, JsonObject Body)> PutAsync(string path, object body)
    {
        using var response = await admin.PutAsJsonAsync(path, body);
        var node = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        return ((int)response.StatusCode, node);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var waits = 0; !condition() && waits < 500; waits++)
            await Task.Delay(10);
        Assert.That(condition(), Is.True);
    }
}
