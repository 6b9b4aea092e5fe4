using System.Data.Common;

namespace Seidra.Database;

/// <summary>Classic's rows by the plan's own encoders.</summary>
internal sealed class RowMaker(DatabaseEndpoint source, MigrationPlan plan, MigrationOptions options) : IRowMaker
{
    private BulkKnowledge _knowledge = new(plan);

    public async Task<IRowSource> OpenSourceAsync(CancellationToken cancel)
    {
        try
        {
            return await RowSource.OpenAsync(source, cancel);
        }
        catch (DbException error)
        {
            throw new SourceFaultException(error);
        }
    }

    public async Task PrepareAsync(IRowSource source, DbConnection target, CancellationToken cancel) =>
        _knowledge = await KnowledgeLoader.LoadAsync(plan, source, target, cancel);

    public Action<IRawRow, RowChunk> Encoder(TablePlan table, IRowSource source) => table.Derived is null
        ? new RowEncoder(table, plan, options, _knowledge, source.HasUniqueKey(table) ? null : new SeenKeys()).Encode
        : new DerivedEncoder(table, plan, options, _knowledge).Encode;

    public void Learn(string table, IReadOnlyList<KeyId> placed, IReadOnlyList<KeyId> aside)
    {
        foreach (var key in placed)
            _knowledge.AddPlaced(table, key);
        foreach (var key in aside)
            _knowledge.AddAside(table, key);
    }

    public string? TargetKey(TablePlan table, KeyId key) => SourceText.Plain(new TargetKeys(plan, _knowledge).Find(table.Target, key, out _));
}
