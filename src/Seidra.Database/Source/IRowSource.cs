namespace Seidra.Database;

/// <summary>
/// Classic's rows through one connection that stands in one read transaction. Not thread-safe; the calls block, so they belong
/// on a thread of their own.
/// </summary>
internal interface IRowSource : IAsyncDisposable
{
    /// <summary>The rows of a range in the order of their keys; equal keys in a stable order.</summary>
    IEnumerable<IRawRow> Read(TablePlan table, KeyRange range);

    /// <summary>The rows of the given keys in the order of their keys, in batches; keys that are not there are left out.</summary>
    IEnumerable<IRawRow> Read(TablePlan table, IReadOnlyCollection<KeyId> keys);

    /// <summary>Cuts a table into ranges of about so many rows, by reading the key's index.</summary>
    IReadOnlyList<KeyRange> Split(TablePlan table, int rowsPerRange);

    /// <summary>All keys of a range, NULL left out.</summary>
    IEnumerable<KeyId> Keys(TablePlan table, KeyRange range);

    /// <summary>Whether no two rows can have one key: a primary key or a unique index on whole numbers or of one type.</summary>
    bool HasUniqueKey(TablePlan table);
}
