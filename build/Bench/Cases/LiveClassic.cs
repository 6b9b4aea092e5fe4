namespace Seidra.Cutover.Bench;

/// <summary>A Classic of one's own to write to, with an empty database for Ultimate beside it.</summary>
internal sealed class LiveClassic : IClientSides, IAsyncDisposable
{
    /// <summary>Classic's database on PostgreSQL.</summary>
    public const string ClassicDatabase = "live_classic";

    /// <summary>Ultimate's database.</summary>
    public const string UltimateDatabase = "live_ultimate";

    private readonly BenchRig _rig;
    private readonly string? _file;
    private volatile bool _onUltimate;

    private LiveClassic(BenchRig rig, string? file) => (_rig, _file) = (rig, file);

    /// <summary>Classic's URL.</summary>
    public string Classic => _file is null ? _rig.Server.Url(ClassicDatabase) : $"sqlite://{_file}";

    /// <summary>Ultimate's URL.</summary>
    public string Ultimate => _rig.Server.Url(UltimateDatabase);

    /// <inheritdoc/>
    public bool OnUltimate => _onUltimate;

    /// <summary>Makes both databases.</summary>
    public static async Task<LiveClassic> CreateAsync(BenchRig rig, int rows, bool sqlite, CancellationToken cancel)
    {
        await rig.Server.CreateAsync(UltimateDatabase, null, cancel);
        if (!sqlite)
        {
            await rig.Server.CreateAsync(ClassicDatabase, await rig.PostgresClassicAsync(rows, cancel), cancel);
            return new LiveClassic(rig, null);
        }

        var file = Path.Combine(rig.Folder, "live.db");
        File.Copy(rig.SqliteClassic(rows, cancel), file, overwrite: true);
        return new LiveClassic(rig, file);
    }

    /// <summary>Sends clients to Ultimate from now on.</summary>
    public void SwitchClients() => _onUltimate = true;

    /// <inheritdoc/>
    public IWriteClient OpenClassic() => _file is null ? PostgresClient.Classic(_rig.Server.Open(ClassicDatabase)) : new SqliteClient(_file);

    /// <inheritdoc/>
    public IWriteClient OpenUltimate() => PostgresClient.Ultimate(_rig.Server.Open(UltimateDatabase));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _rig.Server.DropAsync(UltimateDatabase, CancellationToken.None);
        if (_file is null)
        {
            await _rig.Server.DropAsync(ClassicDatabase, CancellationToken.None);
            return;
        }

        foreach (var part in new[] { _file, _file + "-wal", _file + "-shm" })
        {
            File.Delete(part);
        }
    }
}
