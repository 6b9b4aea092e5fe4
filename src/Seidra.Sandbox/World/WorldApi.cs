using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Seidra.Sandbox.Probe;

namespace Seidra.Sandbox.World;

/// <summary>
/// The world's own API beside the door's, behind the same token: <c>GET /_world/figures</c>, <c>PUT /_world/leash</c>.
/// </summary>
internal sealed class WorldApi(RunLeashes leashes)
{
    public const string Figures = "/_world/figures";
    public const string Leash = "/_world/leash";

    private volatile ProbeMeter? meter;

    /// <summary>Answers with these figures from now on.</summary>
    public void Show(ProbeMeter running) => meter = running;

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        switch (context.Request.Method, context.Request.Path.Value)
        {
            case ("GET", Figures) when meter is { } running:
                context.Response.ContentType = "application/json";
                await JsonSerializer.SerializeAsync(context.Response.Body, running.Figures(), WorldJson.Default.ProbeFigures, context.RequestAborted);
                break;
            case ("PUT", Leash):
                var run = await JsonSerializer.DeserializeAsync(context.Request.Body, WorldJson.Default.ProcessIdentity, context.RequestAborted);
                leashes.Add(run ?? throw new JsonException("a process"));
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }
}
