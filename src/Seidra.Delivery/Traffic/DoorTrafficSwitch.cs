using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Seidra.Delivery;

/// <summary>The front door of the rehearsal (an in-process YARP), over its admin API on loopback.</summary>
public sealed class DoorTrafficSwitch : ITrafficSwitch, IDisposable
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);
    private readonly HttpClient _http;
    private readonly string _display;

    /// <summary>Names the door; nothing is called yet.</summary>
    /// <param name="adminUrl">Address of the admin API, without path.</param>
    /// <param name="token">Its token, sent as X-Door-Token.</param>
    /// <exception cref="DeliveryException">The address is no http URL.</exception>
    public DoorTrafficSwitch(string adminUrl, string token)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        var address = HttpAddress.Parse(adminUrl, "the front door's admin API");
        _display = address.ToString();
        _http = new HttpClient(HttpAddress.Handler(address)) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Add("X-Door-Token", token);
    }

    private sealed record State(string? Target, bool Holding, long InFlightWrites, string? Error);

    /// <inheritdoc />
    public async Task<string> CurrentAsync(CancellationToken cancellation = default) => (await StateAsync(cancellation)).Target!;

    /// <inheritdoc />
    public async Task HoldWritesAsync(TimeSpan deadline, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(deadline, TimeSpan.Zero);
        await CallAsync(HttpMethod.Put, "_door/hold", new { deadlineMs = (long)deadline.TotalMilliseconds }, deadline + AnswerTime, cancellation);
        var state = await StateAsync(cancellation);
        if (!state.Holding || state.InFlightWrites > 0)
        {
            throw new DeliveryException(
                $"{_display}: expected writes held and none in flight, found {(state.Holding ? "held" : "not held")} and {state.InFlightWrites} in flight. Raise freeze.deadlineSeconds in the settings, or run again at a quieter time.");
        }
    }

    /// <inheritdoc />
    public async Task SwitchAsync(string target, CancellationToken cancellation = default)
    {
        if (target is not ("classic" or "ultimate")) throw new DeliveryException($"target \"{target}\": expected classic or ultimate.");
        await CallAsync(HttpMethod.Put, "_door/target", new { target }, AnswerTime, cancellation);
        var now = await CurrentAsync(cancellation);
        if (now != target) throw new DeliveryException($"{_display}: expected the traffic at {target} after the switch, found it at {now}. Look at the front door's log.");
    }

    /// <inheritdoc />
    public Task ReleaseAsync(CancellationToken cancellation = default) =>
        CallAsync(HttpMethod.Delete, "_door/hold", null, AnswerTime, cancellation);

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<State> StateAsync(CancellationToken cancellation)
    {
        var text = await CallAsync(HttpMethod.Get, "_door", null, AnswerTime, cancellation);
        return Parse(text) is { Target: "classic" or "ultimate" } state ? state : throw new DeliveryException($"{_display}: expected the front door's state, found another answer. Check traffic.adminUrl in the settings.");
    }

    private static State? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<State>(text, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<string> CallAsync(HttpMethod method, string path, object? body, TimeSpan time, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(time);
        try
        {
            using var request = new HttpRequestMessage(method, path);
            if (body is not null) request.Content = JsonContent.Create(body);
            using var response = await _http.SendAsync(request, limit.Token);
            var text = await response.Content.ReadAsStringAsync(limit.Token);
            if (response.IsSuccessStatusCode) return text;
            throw new DeliveryException(response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                ? $"{_display}: the front door refused the token ({(int)response.StatusCode}). Check traffic.adminToken in the settings."
                : $"{_display}: {method} {path} answered {(int)response.StatusCode}{(Parse(text)?.Error is { } why ? $" ({why})" : "")}, expected 2xx. Look at the front door's log.");
        }
        catch (Exception error) when (HttpAddress.IsFailure(error))
        {
            throw new DeliveryException($"{_display}: the front door does not answer ({error.Message}). Check that it runs and that traffic.adminUrl is right.", error);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new DeliveryException($"{_display}: no answer to {method} {path} within {time.TotalSeconds:0.#} s. Look at the front door's log.", error);
        }
    }
}
