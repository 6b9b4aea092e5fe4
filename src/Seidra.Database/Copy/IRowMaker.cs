using System.Data.Common;

namespace Seidra.Database;

/// <summary>How Classic's rows are read and become Ultimate's, as the bulk copy needs it.</summary>
internal interface IRowMaker
{
    /// <summary>A source of its own for one stream.</summary>
    Task<IRowSource> OpenSourceAsync(CancellationToken cancel);

    /// <summary>Learns what must be known of all rows before the first one is made: numbers, names, the demo account.</summary>
    Task PrepareAsync(IRowSource source, DbConnection target, CancellationToken cancel);

    /// <summary>An encoder for rows that come in the order of their keys.</summary>
    Action<IRawRow, RowChunk> Encoder(TablePlan table, IRowSource source);

    /// <summary>Learns what became of rows: they are committed. Thread-safe.</summary>
    void Learn(string table, IReadOnlyList<KeyId> placed, IReadOnlyList<KeyId> aside);

    /// <summary>The key in Ultimate as text; null where the row can have none.</summary>
    string? TargetKey(TablePlan table, KeyId key);
}
