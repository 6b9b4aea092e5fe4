using System.Buffers.Text;

namespace Seidra.Database;

/// <summary>A reference to a row that is placed.</summary>
internal sealed class ReferenceLane(ColumnRule rule, int ordinal, KeyWriter? parent, IRowKnowledge knowledge, bool keepsNumbers) : FieldLane
{
    /// <summary>The lane of a reference.</summary>
    /// <param name="column">The column.</param>
    /// <param name="parent">Writes keys of the table referred to; null where Classic has no such table.</param>
    /// <param name="knowledge">What is known of the table's rows.</param>
    /// <param name="keepsNumbers">Whether Ultimate keeps numbers of the referring table for itself.</param>
    public static FieldLane Of(ColumnBinding column, KeyWriter? parent, IRowKnowledge knowledge, bool keepsNumbers) =>
        new ReferenceLane(column.Rule, column.Ordinals is [var ordinal, ..] ? ordinal : -1, parent, knowledge, keepsNumbers);

    public override LaneOutcome Write(IRawRow row, FieldBuffer into)
    {
        if (ordinal < 0)
            return rule.Required ? LaneOutcome.Slow : LaneOutcome.Empty;
        var value = row.Raw(ordinal);
        if (value.IsNull)
            return rule.Required ? LaneOutcome.Slow : LaneOutcome.Empty;
        if (parent is null || Read(row, value, ordinal) is not { } key || knowledge.Find(parent.Table, key) != Placement.Placed)
            return LaneOutcome.Slow;
        // What belongs to the demo account is Ultimate's own where Ultimate keeps numbers for itself.
        if (keepsNumbers && parent.IsNumber && parent.Number(key) == DemoAccount.Id)
            return LaneOutcome.Slow;
        return parent.Write(key, into) ? LaneOutcome.Written : LaneOutcome.Slow;
    }

    /// <summary>What a key or a reference means; the same as <see cref="KeyId.Of"/>.</summary>
    public static KeyId? Read(IRawRow row, in RawValue value, int ordinal)
    {
        if (value.Kind == RawKind.Integer)
            return new KeyId(value.Number, null);
        // At most 18 digits without a leading zero or sign fit 64 bits and are written in the plain way.
        if (value.Kind == RawKind.Text && value.Bytes is [>= (byte)'1' and <= (byte)'9', ..] && value.Bytes.Length <= 18
            && Utf8Parser.TryParse(value.Bytes, out long number, out var read) && read == value.Bytes.Length)
            return new KeyId(number, null);
        return KeyId.Of(row[ordinal]);
    }
}
