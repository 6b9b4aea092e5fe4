using System.Net.Http.Json;
using System.Text.Json;

namespace Seidra.Delivery;

/// <summary>Tries to log in, to prove that a password works or no longer works.</summary>
public static class LoginProbe
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(15);

    /// <summary>Tries once: POST /api/auth/login {username, password}.</summary>
    /// <param name="baseUrl">Address of the service, for instance http://host:8000.</param>
    /// <param name="username">The account.</param>
    /// <param name="password">Its password; in no message.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="DeliveryException">The address is no http URL.</exception>
    public static async Task<LoginResult> TryAsync(string baseUrl, string username, string password, CancellationToken cancellation = default)
    {
        var address = HttpAddress.Parse(baseUrl, "the service's address");
        using var http = new HttpClient(HttpAddress.Handler(address)) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AnswerTime);
        try
        {
            using var response = await http.PostAsJsonAsync("api/auth/login", new { username, password }, limit.Token);
            var status = (int)response.StatusCode;
            return status switch
            {
                200 when HasToken(await response.Content.ReadAsStringAsync(limit.Token)) => new LoginResult(LoginOutcome.Accepted, "200 with a token"),
                200 => new LoginResult(LoginOutcome.Error, "200 without access_token: something else answers at this address"),
                401 or 403 => new LoginResult(LoginOutcome.Refused, $"{status}"),
                _ => new LoginResult(LoginOutcome.Error, $"answered {status}, expected 200 or 401"),
            };
        }
        catch (Exception error) when (HttpAddress.IsFailure(error))
        {
            return new LoginResult(LoginOutcome.Error, error.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new LoginResult(LoginOutcome.Error, $"no answer within {AnswerTime.TotalSeconds:0} s");
        }
    }

    private static bool HasToken(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("access_token", out var token)
                && token.ValueKind == JsonValueKind.String
                && token.GetString()!.Length > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
