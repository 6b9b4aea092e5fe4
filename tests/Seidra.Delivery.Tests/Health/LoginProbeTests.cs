using System.Text.Json;

namespace Seidra.Delivery.Tests;

public sealed class LoginProbeTests
{
    private const string Password = "pa\"ss é";

    private static StubAnswer Backend(StubRequest request)
    {
        if (request is not { Method: "POST", Path: "/api/auth/login" }) return new StubAnswer(404);
        using var body = JsonDocument.Parse(request.Body);
        return body.RootElement.GetProperty("username").GetString() == "demo" && body.RootElement.GetProperty("password").GetString() == Password
            ? new StubAnswer(200, """{"access_token":"eyJ","token_type":"bearer","expires_in":1800,"user":{"id":1}}""")
            : new StubAnswer(401, """{"detail":"Incorrect username or password"}""");
    }

    [Test]
    public async Task The_new_password_is_accepted_and_the_old_one_refused()
    {
        using var server = new StubServer(Backend);

        Assert.That((await LoginProbe.TryAsync(server.Url, "demo", Password)).Outcome, Is.EqualTo(LoginOutcome.Accepted));
        Assert.That((await LoginProbe.TryAsync(server.Url + "/", "demo", "old")).Outcome, Is.EqualTo(LoginOutcome.Refused));
    }

    [TestCase(200, "{}")]
    [TestCase(200, "<html/>")]
    [TestCase(200, "{\"access_token\":\"\"}")]
    [TestCase(404, "")]
    [TestCase(422, "")]
    [TestCase(429, "")]
    [TestCase(500, "")]
    [TestCase(302, "")]
    public async Task Anything_else_proves_nothing(int status, string body)
    {
        using var server = new StubServer(_ => new StubAnswer(status, body));

        var result = await LoginProbe.TryAsync(server.Url, "demo", Password);

        Assert.That(result.Outcome, Is.EqualTo(LoginOutcome.Error));
        Assert.That(result.Detail, Does.Not.Contain(Password));
    }

    [Test]
    public async Task Nobody_there_is_an_error_not_a_refusal()
    {
        Assert.That((await LoginProbe.TryAsync($"http://127.0.0.1:{StubServer.FreePort()}", "demo", "x")).Outcome, Is.EqualTo(LoginOutcome.Error));
        using var server = new HangUpServer();
        Assert.That((await LoginProbe.TryAsync(server.Url, "demo", "x")).Outcome, Is.EqualTo(LoginOutcome.Error));
    }
}
