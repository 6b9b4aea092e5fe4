namespace Seidra.Delivery;

/// <summary>
/// Secrets in a <c>.env</c> file of mode 0600, written atomically. Comments, order and lines it does not know stay. What is
/// written is read back before it counts.
/// </summary>
/// <param name="path">The file; it need not exist yet.</param>
public sealed class EnvFileSecretStore(string path) : ISecretStore
{
    /// <inheritdoc />
    public string Display => path;

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<string>>([.. Read().Values.Keys]);

    /// <inheritdoc />
    public Task<string?> GetAsync(string name, CancellationToken cancellation = default) =>
        Task.FromResult(Read().Values.GetValueOrDefault(name));

    /// <inheritdoc />
    public async Task SetAsync(IReadOnlyDictionary<string, string> values, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var file = Read();
        foreach (var (name, value) in values) file.Set(name, value);
        await AtomicFile.WriteAsync(path, file.ToText(), cancellation);
        var written = Read().Values;
        foreach (var (name, value) in values)
        {
            if (written.GetValueOrDefault(name) != value) throw new DeliveryException($"{path}: {name} reads back other than it was written. Look at the file and run again.");
        }
    }

    private DotEnv Read() => File.Exists(path) ? DotEnv.Load(path) : DotEnv.Parse("", path);
}
