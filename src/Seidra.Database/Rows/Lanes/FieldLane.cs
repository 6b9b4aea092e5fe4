namespace Seidra.Database;

/// <summary>What a lane made of a value.</summary>
internal enum LaneOutcome : byte
{
    /// <summary>The field is written.</summary>
    Written,

    /// <summary>Classic holds no value: the column's fallbacks and its default come next. Nothing is written.</summary>
    Empty,

    /// <summary>The value is not written as usual: the column's converter shall look at it. Nothing is written.</summary>
    Unusual,

    /// <summary>Something is to be said about the row: the whole row goes the slow way.</summary>
    Slow,
}

/// <summary>
/// Writes a column's field straight from the engine's bytes where the value is as it is nearly always. A lane never decides what
/// becomes of an odd value: it only may write what the column's converter would give, without a note.
/// </summary>
internal abstract class FieldLane
{
    public abstract LaneOutcome Write(IRawRow row, FieldBuffer into);
}

/// <summary>Classic has no such column.</summary>
internal sealed class AbsentLane : FieldLane
{
    public override LaneOutcome Write(IRawRow row, FieldBuffer into) => LaneOutcome.Empty;
}

/// <summary>Every value goes through the converter.</summary>
internal sealed class ConverterLane : FieldLane
{
    public override LaneOutcome Write(IRawRow row, FieldBuffer into) => LaneOutcome.Unusual;
}
