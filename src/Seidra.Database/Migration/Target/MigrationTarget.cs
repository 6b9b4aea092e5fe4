namespace Seidra.Database;

/// <summary>Opens a target of either engine.</summary>
internal static class MigrationTarget
{
    public static async Task<IMigrationTarget> OpenAsync(DatabaseEndpoint target, CancellationToken cancel) =>
        target.Kind == DatabaseKind.PostgreSql
            ? await PostgresTarget.OpenAsync(target, cancel)
            : await SqliteTarget.OpenAsync(target, cancel);
}
