using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Seidra.Sandbox.Door;

namespace Seidra.Sandbox.World;

/// <summary>Speaks to a world's admin port.</summary>
internal sealed class WorldClient : IDisposable
{
    private readonly HttpClient http;

    public WorldClient(WorldFile world)
    {
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(world.Endpoints.DoorAdminUrl), Timeout = TimeSpan.FromSeconds(5) };
        http.DefaultRequestHeaders.Add(DoorAdmin.TokenHeader, world.AdminToken);
    }

    /// <summary>Tells the world that a run needs it; false when it does not answer (it is ending, or is not itself).</summary>
    public async Task<bool> TryHoldOnAsync(ProcessIdentity run, CancellationToken cancellation)
    {
        try
        {
            using var response = await http.PutAsJsonAsync(WorldApi.Leash, run, WorldJson.Default.ProcessIdentity, cancellation);
            return response.StatusCode == HttpStatusCode.NoContent;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>The probe's figures.</summary>
    public Task<ProbeFigures> FiguresAsync(CancellationToken cancellation) => AskAsync(async () =>
        await http.GetFromJsonAsync(WorldApi.Figures, WorldJson.Default.ProbeFigures, cancellation), cancellation);

    /// <summary>The side that the door serves.</summary>
    public async Task<string> TargetAsync(CancellationToken cancellation) => (await AskAsync(async () =>
        await http.GetFromJsonAsync("/_door", WorldJson.Default.DoorState, cancellation), cancellation)).Target;

    /// <inheritdoc />
    public void Dispose() => http.Dispose();

    private async Task<T> AskAsync<T>(Func<Task<T?>> ask, CancellationToken cancellation)
    {
        try
        {
            return await ask() ?? throw new JsonException("no answer");
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new SandboxException($"Expected the rehearsal's world to answer at {http.BaseAddress}, found: {error.Message}; run the same command again to start it anew.", error);
        }
    }
}
