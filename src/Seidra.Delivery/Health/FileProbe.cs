using System.Net.Http.Headers;

namespace Seidra.Delivery;

/// <summary>Fetches a file as a client would, to prove that a service really serves it.</summary>
public static class FileProbe
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    /// <summary>Whether the address answers 200 (or 206) to a GET of the file's first bytes.</summary>
    /// <param name="url">Full address of the file.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="DeliveryException">The address is no http URL, or nothing answers there.</exception>
    public static async Task<bool> IsServedAsync(Uri url, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        _ = HttpAddress.Parse(url.ToString(), "the file's address");
        using var http = new HttpClient(HttpAddress.Handler(url)) { Timeout = AnswerTime };
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = new RangeHeaderValue(0, 1023);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return (int)response.StatusCode is 200 or 206;
        }
        catch (Exception error) when (error is HttpRequestException || (error is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new DeliveryException($"{url}: expected the file, found no answer ({error.Message}). Check that the service runs.", error);
        }
    }
}
