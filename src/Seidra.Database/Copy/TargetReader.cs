using System.Collections.Concurrent;
using System.Data.Common;

namespace Seidra.Database;

/// <summary>Sees one row of the target.</summary>
/// <param name="worker">Which of the readers calls; each calls for itself, several at the same time.</param>
/// <param name="table">The row's table.</param>
/// <param name="tuple">The row as binary COPY has it, the key first; good until the call returns.</param>
/// <param name="hash">XxHash128 of the tuple.</param>
internal delegate void TupleVisitor(int worker, TargetTable table, ReadOnlySpan<byte> tuple, UInt128 hash);

/// <summary>
/// Reads Ultimate's rows back, all but its own, in the very form in which they were sent: equal sums prove that what was sent is
/// what is stored. Tables, and pieces of large ones, are read at the same time.
/// </summary>
internal static class TargetReader
{
    /// <summary>Readers at the same time on PostgreSQL; SQLite has one.</summary>
    public const int Readers = 2;

    /// <summary>Reads tables as they were at one moment.</summary>
    /// <param name="target">Ultimate's database.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="visit">Sees every row; null where the proofs are enough.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>Each table's proof, by name.</returns>
    /// <exception cref="DatabaseException">The target cannot be read.</exception>
    public static async Task<IReadOnlyDictionary<string, TableProof>> ReadAsync(
        DatabaseEndpoint target, IReadOnlyList<TargetTable> tables, TupleVisitor? visit, CancellationToken cancel)
    {
        try
        {
            var proofs = new ConcurrentDictionary<string, TableProof>(tables.Select(table => KeyValuePair.Create(table.Name, default(TableProof))));
            void Add(TargetTable table, TableProof proof) => proofs.AddOrUpdate(table.Name, proof, (_, sum) => sum + proof);
            if (target.Kind == DatabaseKind.PostgreSql)
                await PostgresReading.RunAsync(target, tables, visit, Add, cancel);
            else
                await SqliteReading.RunAsync(target, tables, visit, Add, cancel);
            return proofs;
        }
        catch (Exception error) when (error is DbException or IOException)
        {
            throw EndpointErrors.Wrap(target, error, "read rows back from");
        }
    }

    /// <summary>The tables whose rows are not those that the chunk ledger says were sent, each as a sentence.</summary>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(DatabaseEndpoint target, MigrationPlan plan, BulkResult sent, CancellationToken cancel)
    {
        var found = await ReadAsync(target, [.. plan.Tables.Select(TargetTable.Of)], null, cancel);
        return
        [
            .. sent.Tables.Where(table => found[table.Name] != table.Proof).Select(table =>
                $"{table.Name}: {table.Proof.Rows} rows with sum {table.Proof.Sum:x32} were sent, {found[table.Name].Rows} rows with sum {found[table.Name].Sum:x32} are there"),
        ];
    }
}
