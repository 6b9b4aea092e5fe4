using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Seidra.Database;

/// <summary>One row of Classic that is to be made or changed.</summary>
/// <param name="Target">Ultimate's key.</param>
/// <param name="Source">Classic's key.</param>
/// <param name="IsNew">Whether Classic has no such row.</param>
/// <param name="Writes">The values.</param>
internal sealed record ClassicChange(KeyId Target, KeyId Source, bool IsNew, IReadOnlyList<ClassicWrite> Writes);

/// <summary>
/// Writes rows into Classic. All of a table at once; only where Classic's database refuses something, row by row and value by
/// value, so that one value that Classic cannot have takes no other with it.
/// </summary>
internal sealed class ClassicWriter(ClassicConnection classic, ClassicTable sql)
{
    // SQLite: https://sqlite.org/rescode.html (constraint, mismatch, too big).
    private static readonly int[] _refusals = [18, 19, 20];
    private readonly Dictionary<(KeyId Source, int Ordinal), string> _refused = [];

    /// <summary>What the database said to each value that it refused, by Classic's key and column; -1 for a whole row.</summary>
    public IReadOnlyDictionary<(KeyId Source, int Ordinal), string> Refused => _refused;

    /// <summary>Makes and changes rows.</summary>
    public async Task WriteAsync(IReadOnlyList<ClassicChange> changes, IReadOnlyDictionary<KeyId, object?[]> rows, CancellationToken cancel)
    {
        if (changes.Count == 0)
            return;
        await ParkAsync([.. changes.Where(change => !change.IsNew).Select(change => (change.Source, change.Writes.Select(write => write.Ordinal)))], rows, cancel);
        if (await TryAsync([.. changes.Select(Statement)], cancel) is null)
            return;
        foreach (var change in changes)
        {
            if (await TryAsync([Statement(change)], cancel) is not { } said)
                continue;
            if (change.IsNew)
                _refused[(change.Source, -1)] = said;
            else
                await WriteValuesAsync(change, rows[change.Source], cancel);
        }
    }

    /// <summary>Takes unique values away from rows that are about to lose them: others may want them at once.</summary>
    public async Task ParkAsync(IReadOnlyList<(KeyId Source, IEnumerable<int> Ordinals)> leaving, IReadOnlyDictionary<KeyId, object?[]> rows, CancellationToken cancel)
    {
        foreach (var (source, ordinals) in leaving)
        {
            foreach (var ordinal in ordinals.Where(ordinal => IsShared(ordinal) && rows[source][ordinal] is string))
            {
                // One of them passes whatever rules of its own Classic has for the column.
                foreach (var place in new[] { null, $"~{source}", $"~{source}@parked.invalid" })
                {
                    if (await TryAsync([sql.Update(source, [new ClassicWrite(ordinal, place, "", "", null)])], cancel) is null)
                        break;
                }
            }
        }
    }

    /// <summary>The columns that may hold a name which another row wants.</summary>
    public IEnumerable<int> Names => Enumerable.Range(0, sql.Table.Columns.Count).Where(IsShared);

    /// <summary>Removes rows.</summary>
    public async Task DeleteAsync(IReadOnlyCollection<KeyId> sources, IReadOnlyDictionary<KeyId, object?[]> rows, CancellationToken cancel)
    {
        if (sources.Count == 0 || await TryAsync([.. sources.Select(sql.Delete)], cancel) is null)
            return;
        foreach (var source in sources)
        {
            if (await TryAsync([sql.Delete(source)], cancel) is not { } said)
                continue;
            _refused[(source, -1)] = said;
            await RestoreAsync(source, rows[source], Names, cancel);
        }
    }

    private bool IsShared(int ordinal) => sql.Table.Columns[ordinal].IsUnique && ordinal != sql.Table.Binding.Key
        && sql.Table.Binding.Columns.Any(column => column.Rule.Unique != Uniqueness.None && column.Ordinals.Contains(ordinal));

    private Statement Statement(ClassicChange change) =>
        change.IsNew ? sql.Insert(change.Source, change.Writes) : sql.Update(change.Source, change.Writes);

    private async Task WriteValuesAsync(ClassicChange change, object?[] row, CancellationToken cancel)
    {
        foreach (var write in change.Writes)
        {
            if (await TryAsync([sql.Update(change.Source, [write])], cancel) is not { } said)
                continue;
            _refused[(change.Source, write.Ordinal)] = said;
            await RestoreAsync(change.Source, row, Names.Where(ordinal => ordinal == write.Ordinal), cancel);
        }
    }

    // A parked name goes back where its row stays as it was.
    private async Task RestoreAsync(KeyId source, object?[] row, IEnumerable<int> ordinals, CancellationToken cancel)
    {
        foreach (var ordinal in ordinals.Where(ordinal => row[ordinal] is string))
            await TryAsync([sql.Update(source, [new ClassicWrite(ordinal, row[ordinal], "", "", null)])], cancel);
    }

    /// <summary>What the database said where it refused; null where all went through.</summary>
    private async Task<string?> TryAsync(IReadOnlyList<Statement> statements, CancellationToken cancel)
    {
        await classic.ExecuteAsync("SAVEPOINT seidra_return", cancel);
        try
        {
            await classic.ExecuteAsync(statements, cancel);
            await classic.ExecuteAsync("RELEASE SAVEPOINT seidra_return", cancel);
            return null;
        }
        catch (DbException error) when (IsRefusal(error))
        {
            await classic.ExecuteAsync("ROLLBACK TO SAVEPOINT seidra_return", CancellationToken.None);
            await classic.ExecuteAsync("RELEASE SAVEPOINT seidra_return", CancellationToken.None);
            return error is PostgresException postgres ? $"{postgres.SqlState}: {postgres.MessageText}" : error.Message;
        }
    }

    // Data exceptions, constraints, and what a trigger of Classic's own raises; not a lost connection or a full disk.
    private static bool IsRefusal(DbException error) => error switch
    {
        PostgresException postgres => postgres.SqlState[..2] is "22" or "23" or "42" or "P0" or "44",
        SqliteException sqlite => _refusals.Contains(sqlite.SqliteErrorCode),
        _ => false,
    };
}
