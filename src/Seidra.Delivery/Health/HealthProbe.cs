using System.Diagnostics;
using System.Text.Json;

namespace Seidra.Delivery;

/// <summary>Waits until a service is healthy: several good answers in a row before a deadline.</summary>
public static class HealthProbe
{
    private static readonly string[] Good = ["healthy", "ok", "up", "pass"];
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    /// <summary>Waits. Never throws for a sick service: the result says what was seen.</summary>
    /// <param name="url">The health address, for instance http://host:8000/api/health.</param>
    /// <param name="successesInARow">Good answers needed one after the other, 1 or more.</param>
    /// <param name="deadline">The longest to wait.</param>
    /// <param name="interval">Pause between attempts; default 500 ms.</param>
    /// <param name="alsoCheck">Further checks of the same attempt (database, media): null where good, else the reason.</param>
    /// <param name="log">Gets a line whenever the reason changes.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="DeliveryException">The address is no http URL.</exception>
    public static async Task<HealthResult> WaitAsync(
        string url,
        int successesInARow,
        TimeSpan deadline,
        TimeSpan? interval = null,
        Func<CancellationToken, Task<string?>>? alsoCheck = null,
        Action<string>? log = null,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(successesInARow, 1);
        _ = HttpAddress.Parse(url, "the health address");
        var address = new Uri(url);
        var (attempts, successes) = (0, 0);
        string? first = null, last = null, status = null;
        var clock = Stopwatch.StartNew();
        using var http = new HttpClient(HttpAddress.Handler(address)) { Timeout = Timeout.InfiniteTimeSpan };
        while (true)
        {
            attempts++;
            var (found, failure) = await AttemptAsync(http, address, Shorter(AnswerTime, deadline - clock.Elapsed), alsoCheck, cancellation);
            if (failure is null)
            {
                successes++;
                status = found;
            }
            else
            {
                successes = 0;
                first ??= failure;
                if (failure != last) log?.Invoke($"{address}: {failure}");
                last = failure;
            }

            var healthy = successes >= successesInARow;
            var pause = interval ?? TimeSpan.FromMilliseconds(500);
            if (healthy || clock.Elapsed + pause >= deadline)
            {
                return new HealthResult(healthy, attempts, successes, first, last, status, clock.Elapsed);
            }

            await Task.Delay(pause, cancellation);
        }
    }

    private static async Task<(string? Status, string? Failure)> AttemptAsync(
        HttpClient http, Uri address, TimeSpan time, Func<CancellationToken, Task<string?>>? alsoCheck, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(time);
        try
        {
            using var response = await http.GetAsync(address, limit.Token);
            var body = await response.Content.ReadAsStringAsync(limit.Token);
            if ((int)response.StatusCode != 200) return (null, $"answered {(int)response.StatusCode}, expected 200");
            var status = StatusOf(body);
            if (status is null) return (null, "answered 200 without a JSON status: something else answers at this address");
            if (!Good.Contains(status, StringComparer.OrdinalIgnoreCase)) return (null, $"reports status \"{status}\", expected \"healthy\"");
            return (status, alsoCheck is null ? null : await alsoCheck(limit.Token));
        }
        catch (Exception error) when (HttpAddress.IsFailure(error))
        {
            return (null, error.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, $"no answer within {time.TotalSeconds:0.#} s");
        }
    }

    private static string? StatusOf(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.String
                ? status.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right)
    {
        var least = TimeSpan.FromMilliseconds(50);
        return right < least ? least : left < right ? left : right;
    }
}
