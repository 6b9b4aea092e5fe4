namespace Seidra.Delivery.Tests;

public sealed class HealthProbeTests
{
    private const string Healthy = """{"status":"healthy","gpu":{"available":false},"models_loaded":0,"active_connections":0}""";
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(10);

    private static Task<HealthResult> Wait(StubServer server, int successes, double seconds, Func<CancellationToken, Task<string?>>? alsoCheck = null, Action<string>? log = null) =>
        HealthProbe.WaitAsync(server.Url + "/api/health", successes, TimeSpan.FromSeconds(seconds), Fast, alsoCheck, log);

    [Test]
    public async Task Successes_count_only_in_a_row()
    {
        var call = 0;
        using var server = new StubServer(_ => ++call is 1 or 4 ? new StubAnswer(503) : new StubAnswer(200, Healthy));

        var result = await Wait(server, 3, 20);

        Assert.That(result with { Duration = default }, Is.EqualTo(new HealthResult(true, 7, 3, "answered 503, expected 200", "answered 503, expected 200", "healthy", default)));
    }

    [Test]
    public async Task A_service_that_comes_up_late_is_waited_for_and_the_first_failure_told()
    {
        var port = StubServer.FreePort();
        var waiting = HealthProbe.WaitAsync($"http://127.0.0.1:{port}/api/health", 1, TimeSpan.FromSeconds(20), Fast);
        await Task.Delay(200);
        using var listener = new System.Net.HttpListener();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        _ = listener.GetContextAsync().ContinueWith(
            context =>
            {
                context.Result.Response.OutputStream.Write("""{"status":"ok"}"""u8);
                context.Result.Response.Close();
            },
            TaskScheduler.Default);

        var result = await waiting;

        Assert.That(result.Healthy, Is.True);
        Assert.That(result.FirstFailure, Does.Contain("refused"));
        Assert.That(result.Attempts, Is.GreaterThan(2));
    }

    [TestCase(200, "<html>It works!</html>", "something else answers")]
    [TestCase(200, "{\"message\":\"x\"}", "something else answers")]
    [TestCase(200, "[\"healthy\"]", "something else answers")]
    [TestCase(200, "{\"status\":\"degraded\"}", "reports status \"degraded\"")]
    [TestCase(200, "{\"status\":\"mystical\"}", "reports status \"mystical\"")]
    [TestCase(302, "", "answered 302")]
    [TestCase(500, Healthy, "answered 500")]
    public async Task Other_answers_are_not_health(int status, string body, string reason)
    {
        using var server = new StubServer(_ => new StubAnswer(status, body, status == 302 ? "/login" : null));

        var result = await Wait(server, 1, 0.3);

        Assert.That(result.Healthy, Is.False);
        Assert.That(result.FirstFailure, Does.Contain(reason));
        Assert.That(result.Duration, Is.LessThan(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task A_service_that_hangs_up_is_not_healthy()
    {
        using var server = new HangUpServer();

        var result = await HealthProbe.WaitAsync(server.Url, 1, TimeSpan.FromSeconds(0.3), Fast);

        Assert.That(result.Healthy, Is.False);
        Assert.That(result.FirstFailure, Is.Not.Empty);
    }

    [Test]
    public async Task A_service_that_hangs_does_not_hold_the_probe_beyond_its_deadline()
    {
        var never = new TaskCompletionSource<StubAnswer>();
        using var server = new StubServer(_ => never.Task);

        var result = await Wait(server, 1, 0.5);

        Assert.That(result.Healthy, Is.False);
        Assert.That(result.LastFailure, Does.Contain("no answer within"));
        Assert.That(result.Duration, Is.LessThan(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public async Task Further_checks_belong_to_the_same_attempt()
    {
        var checks = 0;
        var lines = new List<string>();
        using var server = new StubServer(_ => new StubAnswer(200, Healthy));

        var result = await Wait(server, 2, 20, _ => Task.FromResult(++checks <= 3 ? "database: 0 rows" : null), lines.Add);

        Assert.That((result.Healthy, result.Attempts, result.FirstFailure), Is.EqualTo((true, 5, "database: 0 rows")));
        Assert.That(lines, Has.Count.EqualTo(1), "a reason is told once, not at every attempt");
    }

    [Test]
    public void A_cancelled_wait_ends_and_an_address_that_is_none_is_refused()
    {
        using var cancel = new CancellationTokenSource(100);
        Assert.That(
            () => HealthProbe.WaitAsync($"http://127.0.0.1:{StubServer.FreePort()}/", 1, TimeSpan.FromMinutes(1), cancellation: cancel.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => HealthProbe.WaitAsync("ultimate:8000", 1, TimeSpan.FromSeconds(1)), Throws.TypeOf<DeliveryException>().With.Message.Contains("expected a URL"));
    }
}
