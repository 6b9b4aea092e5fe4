using System.Text.Json;

namespace Seidra.Delivery.Tests;

public sealed class DoorTrafficSwitchTests : IDisposable
{
    private readonly StubServer _server;
    private readonly DoorTrafficSwitch _door;
    private readonly List<StubRequest> _requests = [];
    private string _target = "classic";
    private bool _holding;
    private int _inFlight;
    private bool _stubborn;

    public DoorTrafficSwitchTests()
    {
        _server = new StubServer(Answer);
        _door = new DoorTrafficSwitch(_server.Url, "token-of-the-door");
    }

    public void Dispose()
    {
        _door.Dispose();
        _server.Dispose();
    }

    // The admin API as the front door of the rehearsal serves it.
    private StubAnswer Answer(StubRequest request)
    {
        lock (_requests) _requests.Add(request);
        if (request.Headers.GetValueOrDefault("X-Door-Token") != "token-of-the-door") return new StubAnswer(401, """{"error":"token"}""");
        switch (request.Method, request.Path)
        {
            case ("GET", "/_door"): break;
            case ("PUT", "/_door/hold"): _holding = JsonDocument.Parse(request.Body).RootElement.GetProperty("deadlineMs").GetInt64() == 2500; break;
            case ("DELETE", "/_door/hold"): _holding = false; break;
            case ("PUT", "/_door/target") when _stubborn: break;
            case ("PUT", "/_door/target"): _target = JsonDocument.Parse(request.Body).RootElement.GetProperty("target").GetString()!; break;
            default: return new StubAnswer(404);
        }

        return new StubAnswer(200, JsonSerializer.Serialize(new { target = _target, holding = _holding, inFlightWrites = _inFlight }));
    }

    [Test]
    public async Task Hold_switch_release_speak_the_admin_API_and_may_be_repeated()
    {
        Assert.That(await _door.CurrentAsync(), Is.EqualTo("classic"));
        for (var i = 0; i < 2; i++)
        {
            await _door.HoldWritesAsync(TimeSpan.FromSeconds(2.5));
            Assert.That(_holding, Is.True);
            await _door.SwitchAsync("ultimate");
            Assert.That(_target, Is.EqualTo("ultimate"));
            await _door.ReleaseAsync();
            Assert.That(_holding, Is.False);
        }

        Assert.That(await _door.CurrentAsync(), Is.EqualTo("ultimate"));
    }

    [Test]
    public void A_hold_that_did_not_drain_is_an_error()
    {
        _inFlight = 3;

        Assert.That(() => _door.HoldWritesAsync(TimeSpan.FromSeconds(2.5)), Throws.TypeOf<DeliveryException>().With.Message.Contains("found held and 3 in flight"));
    }

    [Test]
    public void A_hold_that_let_go_meanwhile_is_an_error()
    {
        Assert.That(() => _door.HoldWritesAsync(TimeSpan.FromSeconds(1)), Throws.TypeOf<DeliveryException>().With.Message.Contains("found not held"));
    }

    [Test]
    public void A_switch_is_believed_only_when_the_door_says_so()
    {
        _stubborn = true;

        Assert.That(() => _door.SwitchAsync("ultimate"), Throws.TypeOf<DeliveryException>().With.Message.Contains("found it at classic"));
    }

    [Test]
    public void Another_target_is_refused_before_anything_is_sent()
    {
        Assert.That(() => _door.SwitchAsync("blue"), Throws.TypeOf<DeliveryException>());
        Assert.That(_requests, Is.Empty);
    }

    [Test]
    public void A_refused_token_is_named_as_such_and_not_shown()
    {
        using var door = new DoorTrafficSwitch(_server.Url, "wrong-token-value");

        Assert.That(() => door.CurrentAsync(), Throws.TypeOf<DeliveryException>().With.Message.Contains("traffic.adminToken").And.Message.Not.Contains("wrong-token-value"));
    }

    [TestCase(200, "<html/>", "found another answer")]
    [TestCase(200, "{\"target\":\"blue\"}", "found another answer")]
    [TestCase(500, "", "GET _door answered 500")]
    [TestCase(504, "{\"error\":\"writes under way\"}", "504 (writes under way)")]
    public void What_is_no_door_is_named(int status, string body, string expected)
    {
        using var server = new StubServer(_ => new StubAnswer(status, body));
        using var door = new DoorTrafficSwitch(server.Url, "t");

        Assert.That(() => door.CurrentAsync(), Throws.TypeOf<DeliveryException>().With.Message.Contains(expected));
    }

    [Test]
    public void Nobody_there_and_an_address_that_is_none()
    {
        using var door = new DoorTrafficSwitch($"http://127.0.0.1:{StubServer.FreePort()}", "t");

        Assert.That(() => door.ReleaseAsync(), Throws.TypeOf<DeliveryException>().With.Message.Contains("does not answer"));
        using var server = new HangUpServer();
        using var dead = new DoorTrafficSwitch(server.Url, "t");
        Assert.That(() => dead.CurrentAsync(), Throws.TypeOf<DeliveryException>().With.Message.Contains("does not answer"));
        Assert.That(() => new DoorTrafficSwitch("127.0.0.1", "t"), Throws.TypeOf<DeliveryException>().With.Message.Contains("expected a URL"));
    }
}
