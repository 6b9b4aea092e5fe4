using System.Net;
using System.Text;

namespace Seidra.Media;

/// <summary>Signs requests, sends them over pooled connections and repeats what deserves it.</summary>
internal sealed class S3Connection : IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(60);

    private readonly S3Target target;
    private readonly RetryPolicy retry;
    private readonly SigV4 signer;
    private readonly HttpClient http;

    public S3Connection(S3Target target, RetryPolicy retry)
    {
        this.target = target;
        this.retry = retry;
        signer = new SigV4(target.AccessKey, target.SecretKey, target.Region, "s3");
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ActivityHeadersPropagator = null,
            // Metadata goes over the wire byte by byte: Latin-1 maps each byte to one char and back.
            RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Sends a request; the answer is a success or one of the accepted statuses, its body not yet read.</summary>
    /// <exception cref="MediaException">The server refuses, cannot be reached, or fails again and again.</exception>
    public async Task<HttpResponseMessage> SendAsync(S3Request request, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            MediaException failure;
            TimeSpan? asked = null;
            try
            {
                var response = await SendOnceAsync(request, ct);
                if (response.IsSuccessStatusCode || request.Accepted.Contains((int)response.StatusCode))
                {
                    return response;
                }

                using (response)
                {
                    var error = await S3Error.ReadAsync(response, ct);
                    failure = error.ToException(target, request.Key);
                    asked = response.Headers.RetryAfter?.Delta;
                    if (!error.IsTransient)
                    {
                        throw failure;
                    }
                }
            }
            catch (Exception error) when (IsConnectionTrouble(error, ct))
            {
                failure = Unreachable(request.Key, error);
            }

            if (attempt == retry.Attempts || request.Body is { Repeatable: false })
            {
                throw failure;
            }

            await Task.Delay(retry.DelayAfter(attempt, asked), ct);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendOnceAsync(S3Request request, CancellationToken ct)
    {
        using var message = Sign(request);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        // A streamed body has its own watch over progress; its whole length may take any time.
        if (request.Body is not { Repeatable: false })
        {
            limit.CancelAfter(AnswerWithin);
        }

        return await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token);
    }

    private HttpRequestMessage Sign(S3Request request)
    {
        var path = $"/{target.Bucket}{(request.Key is null ? "" : "/" + S3Names.EncodeKey(request.Key))}";
        var query = request.Query.Select(q => KeyValuePair.Create(S3Names.EncodeQuery(q.Key), S3Names.EncodeQuery(q.Value))).ToList();
        var url = query.Count == 0 ? target.Authority + path : $"{target.Authority}{path}?{SigV4.CanonicalQuery(query)}";
        var address = new Uri(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        var time = DateTimeOffset.UtcNow;
        var payloadHash = request.Body?.PayloadHash ?? SigV4.EmptyPayload;
        KeyValuePair<string, string>[] signed =
        [
            new("host", target.Endpoint.IsDefaultPort ? target.Endpoint.IdnHost : $"{target.Endpoint.IdnHost}:{target.Endpoint.Port}"),
            new("x-amz-content-sha256", payloadHash),
            new("x-amz-date", SigV4.Stamp(time)),
            .. request.Headers,
        ];

        var message = new HttpRequestMessage(request.Method, address) { Content = request.Body?.Create() };
        foreach (var (name, value) in signed.Skip(1))
        {
            var text = S3Headers.ToWire(value);
            if (!message.Headers.TryAddWithoutValidation(name, text))
            {
                message.Content ??= new ByteArrayContent([]);
                message.Content.Headers.TryAddWithoutValidation(name, text);
            }
        }

        message.Headers.Host = signed[0].Value;
        message.Headers.TryAddWithoutValidation(
            "Authorization", signer.Sign(request.Method.Method, path, query, signed, payloadHash, time));
        return message;
    }

    private static bool IsConnectionTrouble(Exception error, CancellationToken ct) =>
        error is HttpRequestException or IOException || (error is OperationCanceledException && !ct.IsCancellationRequested);

    private MediaException Unreachable(string? key, Exception error)
    {
        // What the source of a streamed body said is the cause, not the connection that broke over it.
        for (var inner = error; inner is not null; inner = inner.InnerException)
        {
            if (inner is MediaException own)
            {
                return own;
            }
        }

        var found = error is OperationCanceledException ? $"no answer within {AnswerWithin.TotalSeconds:0} s" : Innermost(error).Message;
        return error is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError }
            ? new MediaException($"{target.Authority} cannot be reached: {found}. Check the endpoint in the settings and that the server runs.", error)
            : key is null
                ? new MediaException($"{target}: {found}. Run again.", error)
                : new MediaObjectException(key, ObjectFailure.Transient, $"{target}, {key}: {found}. Run again.", error);
    }

    private static Exception Innermost(Exception error)
    {
        while (error.InnerException is { } inner)
        {
            error = inner;
        }

        return error;
    }
}
