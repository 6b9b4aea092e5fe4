namespace Seidra.Database;

/// <summary>Gets what a stream of pgoutput tells, message by message.</summary>
internal interface IPgOutputSink
{
    /// <summary>A transaction follows that was committed at this time.</summary>
    void Begin(uint xid, DateTimeOffset committed);

    /// <summary>The transaction is complete; the stream may start again behind it.</summary>
    void Commit(ulong end);

    /// <summary>A table is described, before its first change and after each change of its definition.</summary>
    /// <returns>The place of its key among the columns; null where the table is of no interest.</returns>
    int? Relation(string schema, string name, uint relation, IReadOnlyList<string> columns);

    /// <summary>A row with this key (as text) was inserted, updated or deleted.</summary>
    void Row(uint relation, ReadOnlySpan<byte> key);

    /// <summary>A table was emptied.</summary>
    void Truncate(uint relation);

    /// <summary>Somebody called pg_logical_emit_message.</summary>
    void Message(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> content);
}
