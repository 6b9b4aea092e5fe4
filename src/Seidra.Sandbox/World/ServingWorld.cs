using System.Diagnostics;
using Seidra.Sandbox.Door;
using Seidra.Sandbox.Machines;
using Seidra.Sandbox.Probe;

namespace Seidra.Sandbox.World;

/// <summary>Everything a world runs, started in the order in which each part needs the others and ended in the reverse.</summary>
internal sealed class ServingWorld : IAsyncDisposable
{
    // A server's JIT start on a busy machine; a side that is not there by then is a finding for the probe, not a reason
    // to withhold the world.
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);

    private readonly WorldLayout layout;
    private readonly Action<string> log;
    private readonly ISiteBuilder builder;
    private ProbeClient? probe;
    private ClassicProcess? classic;
    private FrontDoor? door;

    private ServingWorld(WorldLayout layout, ISiteBuilder builder, Action<string> log)
    {
        this.layout = layout;
        this.builder = builder;
        this.log = log;
    }

    /// <summary>Starts a world. It is ready when this returns.</summary>
    /// <param name="layout">Its folder.</param>
    /// <param name="making">What its data is made of.</param>
    /// <param name="leashes">The runs that need it.</param>
    /// <param name="lingerSeconds">How long it outlives them.</param>
    /// <param name="log">Gets plain lines.</param>
    /// <param name="cancellation">Ends a start.</param>
    public static async Task<ServingWorld> StartAsync(
        WorldLayout layout, WorldMaking making, RunLeashes leashes, int lingerSeconds, Action<string> log, CancellationToken cancellation)
    {
        var world = new ServingWorld(layout, SiteBuilders.For(making.Profile, layout, log), log);
        try
        {
            await world.StartAsync(making, leashes, lingerSeconds, cancellation);
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends everything. The data stays.</summary>
    public async ValueTask DisposeAsync()
    {
        File.Delete(layout.WorldFile);
        if (probe is not null)
            await probe.DisposeAsync();
        await Task.WhenAll(RecordedService.ReadAll(layout, log).Values.Select(service => service.StopAsync()));
        if (classic is not null)
            await classic.DisposeAsync();
        if (door is not null)
            await door.DisposeAsync();
        await builder.DisposeAsync();
    }

    private static string Url(int port) => $"http://127.0.0.1:{port}";

    private async Task StartAsync(WorldMaking making, RunLeashes leashes, int lingerSeconds, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var services = RecordedService.ReadAll(layout, log);
        var ports = await WorldPorts.SettleAsync(layout, services.Values.Any(service => service.IsRunning), log);
        var token = SecretFile.ReadOrCreate(layout.DoorTokenFile);
        var target = new DoorTarget(layout.DoorFile);
        var gate = new WriteGate();
        var api = new WorldApi(leashes);
        var makingData = Task.Run(() => builder.EnsureAsync(making, cancellation), cancellation);
        door = await FrontDoor.OpenAsync(
            ports.Door, ports.Admin, Url(ports.Classic), Url(ports.Production), target, gate, new DoorAdmin(token, target, gate, api.HandleAsync));
        var site = await makingData;
        log($"data ready after {watch.ElapsedMilliseconds} ms");
        classic = new ClassicProcess(ClassicEnvironment.For(layout, site, ports.Classic), Path.Combine(layout.Logs, "classic.log"), log);
        foreach (var (file, service) in services)
            service.Boot(file, log);
        var endpoints = new WorldEndpoints(
            Url(ports.Door), Url(ports.Admin), Url(ports.Classic), Url(ports.Production), Url(ports.Staging),
            site.ClassicDatabase.Url, site.ClassicMedia.Url, site.UltimateDatabase.Url, layout.UltimateMedia);
        SettingsWriter.Write(layout, site, making, endpoints);
        await WaitForHealthAsync(endpoints.DoorUrl, target.Current, cancellation);

        probe = new ProbeClient(endpoints.DoorUrl, site.Probe.Writer, site.Probe.Reads, layout.AcknowledgedFile, layout.FiguresFile, gate);
        api.Show(probe.Meter);
        probe.Start();
        new WorldFile(
            ProcessIdentity.Current, making.Profile, token, lingerSeconds, endpoints, site.ClassicDatabase.PasswordFile, site.UltimateDatabase.PasswordFile)
            .Write(layout);
        log($"the world serves {target.Current} at {endpoints.DoorUrl} after {watch.ElapsedMilliseconds} ms");
    }

    private async Task WaitForHealthAsync(string doorUrl, string target, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < LongestStart; await Task.Delay(20, cancellation))
        {
            try
            {
                using var response = await http.GetAsync(new Uri(doorUrl + "/api/health"), cancellation);
                if (response.IsSuccessStatusCode)
                    return;
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
            {
                // Not yet.
            }
        }

        log($"{target} does not answer through the front door after {LongestStart.TotalSeconds:0} s; its log is in {layout.Logs}");
    }
}
