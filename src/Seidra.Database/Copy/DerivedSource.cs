using System.Data.Common;
using Npgsql;

namespace Seidra.Database;

/// <summary>
/// The owners whose rows give rise to rows that Classic does not have: who is noted as an owner in the ledger, in chunks, and of
/// those Classic's rows. A row of this source is the owner's.
/// </summary>
internal sealed class DerivedSource(IRowSource classic, DbConnection target, TablePlan table, TablePlan owners) : IRowSource
{
    private readonly string _key = target is NpgsqlConnection ? "owner_key COLLATE \"C\"" : "owner_key";

    public IEnumerable<IRawRow> Read(TablePlan plan, KeyRange range) => classic.Read(owners, [.. Keys(plan, range)]);

    public IEnumerable<IRawRow> Read(TablePlan plan, IReadOnlyCollection<KeyId> keys) => classic.Read(owners, keys);

    public IReadOnlyList<KeyRange> Split(TablePlan plan, int rowsPerRange)
    {
        var bounds = Names(KeyRange.All).Chunk(rowsPerRange).Select(chunk => KeyBound.Of((object)chunk[^1])!).ToList();
        return KeyBound.Between(bounds.Count == 0 ? bounds : bounds[..^1]);
    }

    public IEnumerable<KeyId> Keys(TablePlan plan, KeyRange range) => Names(range).Select(name => KeyId.Of(name)!.Value);

    public bool HasUniqueKey(TablePlan plan) => true;

    public async ValueTask DisposeAsync()
    {
        await classic.DisposeAsync();
        await target.DisposeAsync();
    }

    private IEnumerable<string> Names(KeyRange range)
    {
        using var command = target.Sql(
            $"""
            SELECT DISTINCT {_key} AS owner FROM {LedgerSchema.Owners} WHERE table_name = @table
            {(range.After is null ? "" : $"AND {_key} > @after")} {(range.UpTo is null ? "" : $"AND {_key} <= @until")} ORDER BY 1
            """,
            ("table", table.Derived!.From));
        Bind(command, "after", range.After);
        Bind(command, "until", range.UpTo);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return reader.GetString(0);
    }

    private static void Bind(DbCommand command, string name, string? bound)
    {
        if (bound is null)
            return;
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = KeyBound.Read(bound);
        command.Parameters.Add(parameter);
    }
}

/// <summary>Makes rows of a <see cref="DerivedSource"/>; all else as for other tables.</summary>
internal sealed class DerivedMaker(IRowMaker rows, DatabaseEndpoint target, TablePlan table, TablePlan owners) : IRowMaker
{
    public async Task<IRowSource> OpenSourceAsync(CancellationToken cancel) =>
        new DerivedSource(await rows.OpenSourceAsync(cancel), await BulkCopy.OpenAsync(target, cancel), table, owners);

    public Task PrepareAsync(IRowSource source, DbConnection target, CancellationToken cancel) => rows.PrepareAsync(source, target, cancel);

    public Action<IRawRow, RowChunk> Encoder(TablePlan table, IRowSource source) => rows.Encoder(table, source);

    public void Learn(string table, IReadOnlyList<KeyId> placed, IReadOnlyList<KeyId> aside) => rows.Learn(table, placed, aside);

    public string? TargetKey(TablePlan table, KeyId key) => rows.TargetKey(table, key);
}
