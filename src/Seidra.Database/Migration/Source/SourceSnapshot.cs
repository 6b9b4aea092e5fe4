namespace Seidra.Database;

/// <summary>Opens a snapshot of either engine.</summary>
internal static class SourceSnapshot
{
    public static async Task<ISourceSnapshot> OpenAsync(DatabaseEndpoint source, CancellationToken cancel) =>
        source.Kind == DatabaseKind.PostgreSql
            ? await PostgresSnapshot.OpenAsync(source, cancel)
            : await SqliteSnapshot.OpenAsync(source, cancel);
}
