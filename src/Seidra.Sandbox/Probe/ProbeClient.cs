using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Seidra.Sandbox.Door;

namespace Seidra.Sandbox.Probe;

/// <summary>
/// A client of the front door that reads and writes every 10 ms, whatever becomes of the requests before, and keeps its
/// own account of what it was told.
/// </summary>
internal sealed class ProbeClient : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    // Longer than the longest sensible freeze: a held write must be waited for, not given up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan SaveInterval = TimeSpan.FromMilliseconds(200);

    // A client of finite means: when this many requests of a kind wait, none is added until one is answered.
    private const int MostWaiting = 64;

    private readonly string figuresFile;
    private readonly HttpClient http;
    private readonly ProbeReads reads;
    private readonly ProbeRecord record;
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource abandoning = new();
    private readonly string tokenPrefix = RandomNumberGenerator.GetHexString(8, lowercase: true);
    private readonly string user;
    private Task? ticking;
    private int readsWaiting;
    private int writesWaiting;
    private long sent;

    /// <param name="doorUrl">The front door.</param>
    /// <param name="user">The account that the probe's jobs belong to.</param>
    /// <param name="reads">What is read.</param>
    /// <param name="recordFile">The record of acknowledged writes, gone on with where it exists.</param>
    /// <param name="figuresFile">The figures of earlier lives and of this one.</param>
    /// <param name="gate">The door's gate, whose holds explain pauses.</param>
    public ProbeClient(string doorUrl, string user, ProbeReads reads, string recordFile, string figuresFile, WriteGate gate)
    {
        this.user = user;
        this.reads = reads;
        this.figuresFile = figuresFile;
        record = new ProbeRecord(recordFile);
        Meter = new ProbeMeter(ProbeMeter.Load(figuresFile), record.Count, () => gate.LastHold);
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
        {
            BaseAddress = new Uri(doorUrl),
            Timeout = Patience,
        };
    }

    /// <summary>What was seen so far.</summary>
    public ProbeMeter Meter { get; }

    /// <summary>Starts probing.</summary>
    public void Start() => ticking = Task.WhenAll(TickAsync(), SaveAsync());

    /// <summary>Stops probing. Requests under way have two seconds; what is open then was not answered and does not count.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        if (ticking is not null)
            await ticking;
        for (var watch = Stopwatch.StartNew(); watch.ElapsedMilliseconds < 2000 && Waiting > 0; await Task.Delay(5))
        {
        }

        await abandoning.CancelAsync();
        while (Waiting > 0)
            await Task.Delay(5);
        Meter.Save(figuresFile);
        http.Dispose();
        record.Dispose();
        stopping.Dispose();
        abandoning.Dispose();
    }

    private int Waiting => Volatile.Read(ref readsWaiting) + Volatile.Read(ref writesWaiting);

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(Interval);
        while (await TickedAsync(timer))
        {
            var number = ++sent;
            if (Volatile.Read(ref readsWaiting) < MostWaiting)
                _ = ReadAsync(reads.Path(number));
            if (Volatile.Read(ref writesWaiting) < MostWaiting)
                _ = WriteAsync($"{tokenPrefix}-{number}");
        }
    }

    private async Task SaveAsync()
    {
        using var timer = new PeriodicTimer(SaveInterval);
        while (await TickedAsync(timer))
            Meter.Save(figuresFile);
    }

    private async Task<bool> TickedAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task ReadAsync(string path)
    {
        Interlocked.Increment(ref readsWaiting);
        if (await AskAsync(new HttpRequestMessage(HttpMethod.Get, path), HttpStatusCode.OK, isRead: true))
            Meter.ReadAnswered(Stopwatch.GetTimestamp());
        Interlocked.Decrement(ref readsWaiting);
    }

    private async Task WriteAsync(string token)
    {
        Interlocked.Increment(ref writesWaiting);
        var body = new ByteArrayContent(ProbeJob.Body(user, token));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (await AskAsync(new HttpRequestMessage(HttpMethod.Post, "/api/jobs") { Content = body }, HttpStatusCode.Created, isRead: false))
        {
            record.Append(token);
            Meter.WriteAcknowledged(Stopwatch.GetTimestamp());
        }

        Interlocked.Decrement(ref writesWaiting);
    }

    private async Task<bool> AskAsync(HttpRequestMessage request, HttpStatusCode expected, bool isRead)
    {
        var what = $"{request.Method} {request.RequestUri}";
        try
        {
            using var response = await http.SendAsync(request, abandoning.Token);
            if (response.StatusCode == expected)
                return true;
            var body = await response.Content.ReadAsStringAsync(abandoning.Token);
            Meter.RequestFailed(isRead, what, $"{(int)response.StatusCode} {body[..Math.Min(body.Length, 200)]}");
        }
        catch (Exception) when (abandoning.IsCancellationRequested)
        {
            // The rehearsal's own end, not an answer.
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException or IOException)
        {
            Meter.RequestFailed(isRead, what, error is OperationCanceledException ? $"no answer within {Patience.TotalSeconds:0} s" : error.Message);
        }
        finally
        {
            request.Dispose();
        }

        return false;
    }
}
