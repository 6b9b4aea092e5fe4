namespace Seidra.Database;

/// <summary>
/// Follows Ultimate's tables by triggers, on either engine: nothing of the server's settings is needed, and nothing is kept on
/// its disk but keys.
/// </summary>
internal static class ReturnCapture
{
    /// <summary>The capture's name; there is one way back at a time.</summary>
    private const string Epoch = "return";

    /// <summary>Installs it anew on all of Ultimate's tables that are there.</summary>
    public static async Task InstallAsync(DatabaseEndpoint ultimate, CancellationToken cancel)
    {
        await ChangeCapture.RemoveAsync(ultimate, cancel);
        await ChangeCapture.InstallAsync(ultimate, await TablesAsync(ultimate, cancel), Epoch, new CaptureOptions { Prefer = CaptureKind.Triggers }, log: null, cancel);
    }

    /// <summary>Opens it behind a position.</summary>
    public static async Task<IChangeCapture> OpenAsync(DatabaseEndpoint ultimate, string? position, CancellationToken cancel) =>
        await ChangeCapture.OpenAsync(ultimate, await TablesAsync(ultimate, cancel), Epoch, position, cancel);

    public static Task RemoveAsync(DatabaseEndpoint ultimate, CancellationToken cancel) => ChangeCapture.RemoveAsync(ultimate, cancel);

    private static async Task<IReadOnlyList<CapturedTable>> TablesAsync(DatabaseEndpoint ultimate, CancellationToken cancel)
    {
        var catalog = await DatabaseCatalog.ReadAsync(ultimate, cancel);
        return [.. UltimateTables.All.Where(table => catalog.ContainsKey(table.Name)).Select(table => new CapturedTable(table.Name, KeyRule.Column))];
    }
}
