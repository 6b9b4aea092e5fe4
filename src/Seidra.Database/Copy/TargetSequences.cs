using System.Data.Common;
using Npgsql;

namespace Seidra.Database;

/// <summary>Lets Ultimate go on counting behind the rows that were given their numbers.</summary>
internal static class TargetSequences
{
    /// <summary>Sets the sequences of numeric keys to the highest number, never back, and never below the demo account's.</summary>
    public static async Task SetAsync(DbConnection target, MigrationPlan plan, CancellationToken cancel)
    {
        // An INTEGER PRIMARY KEY of SQLite continues behind the highest key by itself.
        if (target is not NpgsqlConnection)
            return;
        foreach (var table in plan.Tables.Select(TargetTable.Of).Where(table => table.Key.Type == TargetType.Integer))
        {
            await using var find = target.Sql("SELECT pg_get_serial_sequence(@table, 'id')", ("table", table.Quoted));
            if (await find.ExecuteScalarAsync(cancel) is string sequence)
                await target.RunAsync($"SELECT setval({SqlName.Literal(sequence)}, greatest((SELECT coalesce(max(id), 0) FROM {table.Quoted}), (SELECT last_value FROM {sequence}), {DemoAccount.Id}))", cancel);
        }
    }
}
