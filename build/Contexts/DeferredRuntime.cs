using Seidra.Delivery;

namespace Seidra.Cutover.Contexts;

/// <summary>A runtime that is only made when it is used: finding Compose takes a process, and most runs need none.</summary>
public sealed class DeferredRuntime(Func<CancellationToken, Task<IRuntime>> make) : IRuntime
{
    private IRuntime? _runtime;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellation = default) => await (await GetAsync(cancellation)).StartAsync(cancellation);

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellation = default) => await (await GetAsync(cancellation)).StopAsync(cancellation);

    /// <inheritdoc/>
    public async Task<bool> IsRunningAsync(CancellationToken cancellation = default) => await (await GetAsync(cancellation)).IsRunningAsync(cancellation);

    private async Task<IRuntime> GetAsync(CancellationToken cancellation) => _runtime ??= await make(cancellation);
}
