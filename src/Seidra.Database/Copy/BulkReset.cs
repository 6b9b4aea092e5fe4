using System.Data.Common;
using Npgsql;

namespace Seidra.Database;

/// <summary>Takes copied rows out again; Ultimate's own rows stay.</summary>
internal static class BulkReset
{
    /// <summary>Everything of a plan, in one transaction. Indexes that are away stay noted, and so do the numbers that were given.</summary>
    public static async Task RunAsync(DbConnection target, MigrationPlan plan, CancellationToken cancel)
    {
        await using var transaction = await target.BeginTransactionAsync(cancel);
        if (target is NpgsqlConnection postgres)
            await PostgresReset.EmptyAsync(postgres, [.. plan.Tables.Select(TargetTable.Of)], cancel);
        else
            await EmptyAsync(target, plan.Tables.Reverse().Select(TargetTable.Of), cancel);
        foreach (var ledger in LedgerSchema.All.Where(name => name is not (LedgerSchema.State or LedgerSchema.Keys)))
            await target.RunAsync($"DELETE FROM {ledger}", cancel);
        await target.RunAsync($"DELETE FROM {LedgerSchema.State} WHERE key NOT LIKE 'build/%'", cancel);
        // Who is the demo account is told anew.
        await target.RunAsync($"DELETE FROM {LedgerSchema.Keys} WHERE table_name = 'users' AND target_key = '{DemoAccount.Id}'", cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>One table to which no row points yet, with what the ledger knows of it.</summary>
    public static async Task TableAsync(DbConnection target, TargetTable table, CancellationToken cancel)
    {
        await using var transaction = await target.BeginTransactionAsync(cancel);
        await EmptyAsync(target, [table], cancel);
        await ChunkLedger.ForgetAsync(target, table.Name, cancel);
        await TableRanges.ForgetAsync(target, table.Name, cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task EmptyAsync(DbConnection target, IEnumerable<TargetTable> childrenFirst, CancellationToken cancel)
    {
        foreach (var table in childrenFirst)
            await target.RunAsync($"DELETE FROM {table.Quoted}{Where.NotOwn(target, table)}", cancel);
    }
}

/// <summary>Empties tables of PostgreSQL without looking at every row.</summary>
internal static class PostgresReset
{
    /// <summary>Tables that refer to the given ones and are not among them.</summary>
    private const string Referring = """
        SELECT DISTINCT c.relname::text FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid
        WHERE f.contype = 'f' AND f.confrelid = ANY($1::regclass[]) AND NOT f.conrelid = ANY($1::regclass[])
        """;

    public static async Task EmptyAsync(NpgsqlConnection target, IReadOnlyList<TargetTable> tables, CancellationToken cancel)
    {
        await target.RunAsync("SET LOCAL lock_timeout = '5s'", cancel);
        var others = await ReferringAsync(target, tables, cancel);
        foreach (var other in others)
        {
            await using var command = target.Sql($"SELECT EXISTS (SELECT FROM {SqlName.Quote(other)})");
            if (!(bool)(await command.ExecuteScalarAsync(cancel))!)
                continue;
            // Rows that are not ours point to ours: what becomes of them is for Ultimate's own delete rules.
            foreach (var table in tables.Reverse())
                await target.RunAsync($"DELETE FROM {table.Quoted}{Where.NotOwn(target, table)}", cancel);
            return;
        }

        var own = tables.Where(table => table.Own is not null).ToList();
        foreach (var table in own)
            await target.RunAsync($"CREATE TEMP TABLE {Kept(table)} ON COMMIT DROP AS SELECT * FROM {table.Quoted} WHERE {table.Own}", cancel);
        await target.RunAsync($"TRUNCATE {string.Join(", ", tables.Select(table => table.Quoted).Concat(others.Select(SqlName.Quote)))}", cancel);
        foreach (var table in own)
            await target.RunAsync($"INSERT INTO {table.Quoted} SELECT * FROM {Kept(table)}", cancel);
    }

    private static string Kept(TargetTable table) => SqlName.Quote($"seidra_cutover_kept_{table.Name}");

    private static async Task<IReadOnlyList<string>> ReferringAsync(NpgsqlConnection target, IReadOnlyList<TargetTable> tables, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Referring, target);
        command.Parameters.Add(new() { Value = tables.Select(table => table.Quoted).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var names = new List<string>();
        while (await reader.ReadAsync(cancel))
            names.Add(reader.GetString(0));
        return names;
    }
}
