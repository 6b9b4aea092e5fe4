using System.Globalization;

namespace Seidra.Database;

/// <summary>Removes what a way back leaves in the two databases.</summary>
internal static class ReturnCleanup
{
    /// <summary>Writes Classic's new keys of rows born in Ultimate where the next way in looks for them.</summary>
    public static async Task RememberAsync(DatabaseEndpoint classic, DatabaseEndpoint ultimate, CancellationToken cancel)
    {
        await using var connection = await ClassicConnection.OpenAsync(classic, cancel);
        if (!await connection.HasTableAsync(ReturnTables.Rows, cancel))
            return;
        await using var ledger = await ReturnState.OpenAsync(ultimate, cancel);
        await using var transaction = await ledger.BeginTransactionAsync(cancel);
        await foreach (var row in connection.ReadAsync(new Statement($"SELECT table_name, source_key, target_key FROM {ReturnTables.Rows} WHERE born = 1"), cancel))
            await ReturnState.RememberAsync(ledger, Text(row[0]), Text(row[1]), Text(row[2]), cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The capture and the marks in Ultimate's ledger.</summary>
    public static async Task UltimateAsync(DatabaseEndpoint ultimate, CancellationToken cancel)
    {
        await ReturnCapture.RemoveAsync(ultimate, cancel);
        await using var ledger = await ReturnState.OpenAsync(ultimate, cancel);
        if ((await DatabaseCatalog.ReadAsync(ledger, cancel)).ContainsKey(LedgerSchema.State))
            await ReturnState.ClearAsync(ledger, cancel);
    }

    /// <summary>The tables in Classic; what was kept stays where it is the only place that has it.</summary>
    public static async Task ClassicAsync(DatabaseEndpoint classic, bool withKept, CancellationToken cancel)
    {
        await using var connection = await ClassicConnection.OpenAsync(classic, cancel);
        var empty = !await connection.HasTableAsync(ReturnTables.Kept, cancel)
            || await connection.ScalarAsync($"SELECT count(*) FROM {ReturnTables.Kept}", cancel) == "0";
        await connection.ExecuteAsync($"DROP TABLE IF EXISTS {ReturnTables.State}", cancel);
        await connection.ExecuteAsync($"DROP TABLE IF EXISTS {ReturnTables.Rows}", cancel);
        if (withKept || empty)
            await connection.ExecuteAsync($"DROP TABLE IF EXISTS {ReturnTables.Kept}", cancel);
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
