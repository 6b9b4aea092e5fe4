using Seidra.Database;

namespace Seidra.Cutover.Bench;

/// <summary>What the benchmark asks of the product: everything that is measured goes through here, and nothing else does.</summary>
internal interface IDatabaseEngine
{
    /// <summary>Moves all rows into an empty database, Ultimate's tables, indexes and foreign keys included.</summary>
    /// <param name="classic">Classic; nobody writes to it.</param>
    /// <param name="ultimate">An empty database.</param>
    /// <param name="verify">Whether every row of both sides is compared as well.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How long each part took.</returns>
    /// <exception cref="BenchException">The comparison found differences, or rows did not arrive.</exception>
    Task<CopyTimes> MigrateAsync(DatabaseEndpoint classic, DatabaseEndpoint ultimate, bool verify, CancellationToken cancel);

    /// <summary>
    /// Moves all rows while Classic is written to, so that whatever changes from then on can be followed; applies nothing
    /// more by itself.
    /// </summary>
    Task<ILiveMove> StartAsync(DatabaseEndpoint classic, DatabaseEndpoint ultimate, CancellationToken cancel);

    /// <summary>Backs a database up.</summary>
    Task BackUpAsync(DatabaseEndpoint classic, string folder, CancellationToken cancel);

    /// <summary>Restores the backup into a scratch database and compares every row.</summary>
    Task DrillAsync(string folder, DatabaseEndpoint scratch, CancellationToken cancel);
}

/// <summary>How long the parts of a migration took.</summary>
/// <param name="Copy">Tables, rows, indexes and foreign keys.</param>
/// <param name="Verify">The comparison of all rows; zero where there was none.</param>
internal sealed record CopyTimes(TimeSpan Copy, TimeSpan Verify);
