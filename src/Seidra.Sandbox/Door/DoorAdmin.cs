using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Seidra.Sandbox.World;

namespace Seidra.Sandbox.Door;

/// <summary>
/// The door's admin API on its own loopback port: <c>GET /_door</c>, <c>PUT|DELETE /_door/hold</c>,
/// <c>PUT /_door/target</c>, each with the header <c>X-Door-Token</c>; the rest goes to the world's own API.
/// </summary>
internal sealed class DoorAdmin(string token, DoorTarget target, WriteGate gate, RequestDelegate world)
{
    public const string TokenHeader = "X-Door-Token";

    private const int LongestHoldMs = 600_000;

    private readonly byte[] expected = Encoding.UTF8.GetBytes(token);

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        var given = Encoding.UTF8.GetBytes(context.Request.Headers[TokenHeader].ToString());
        if (!CryptographicOperations.FixedTimeEquals(given, expected))
        {
            await AnswerAsync(context, 401, $"expected the world's token in the header {TokenHeader}; it is in the settings as traffic.adminToken");
            return;
        }

        try
        {
            await RouteAsync(context);
        }
        catch (JsonException error)
        {
            await AnswerAsync(context, 400, $"expected a JSON object: {error.Message}");
        }
    }

    private Task RouteAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value) switch
    {
        ("GET", "/_door") => AnswerAsync(context, 200),
        ("PUT", "/_door/hold") => HoldAsync(context),
        ("DELETE", "/_door/hold") => ReleaseAsync(context),
        ("PUT", "/_door/target") => SwitchAsync(context),
        _ => world(context),
    };

    private async Task HoldAsync(HttpContext context)
    {
        var request = await JsonSerializer.DeserializeAsync(context.Request.Body, WorldJson.Default.HoldRequest, context.RequestAborted);
        if (request is not { DeadlineMs: > 0 and <= LongestHoldMs })
            await AnswerAsync(context, 400, $"expected deadlineMs between 1 and {LongestHoldMs}");
        else if (await gate.HoldAsync(TimeSpan.FromMilliseconds(request.DeadlineMs), context.RequestAborted))
            await AnswerAsync(context, 200);
        else
            await AnswerAsync(context, 504, "writes under way were not answered before the hold ended; nothing is held, try again");
    }

    private Task ReleaseAsync(HttpContext context)
    {
        gate.Release();
        return AnswerAsync(context, 200);
    }

    private async Task SwitchAsync(HttpContext context)
    {
        var request = await JsonSerializer.DeserializeAsync(context.Request.Body, WorldJson.Default.DoorState, context.RequestAborted);
        if (target.TrySet(request?.Target))
            await AnswerAsync(context, 200);
        else
            await AnswerAsync(context, 400, $"expected the target {DoorTarget.Classic} or {DoorTarget.Ultimate}");
    }

    private Task AnswerAsync(HttpContext context, int status, string? error = null)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var state = status == 401 ? new DoorState("") : new DoorState(target.Current, gate.IsHolding, gate.InFlight);
        return JsonSerializer.SerializeAsync(context.Response.Body, state with { Error = error }, WorldJson.Default.DoorState, context.RequestAborted);
    }
}
