using System.Globalization;

namespace Seidra.Database;

/// <summary>Booleans in the spellings of the engines and of the usual programs; several columns are ORed.</summary>
internal sealed class BooleanLane(int[] ordinals) : FieldLane
{
    public override LaneOutcome Write(IRawRow row, FieldBuffer into)
    {
        bool? any = null;
        foreach (var ordinal in ordinals)
        {
            var value = row.Raw(ordinal);
            if (value.IsNull)
                continue;
            if (Read(value) is not { } flag)
                return LaneOutcome.Unusual;
            any = flag || any == true;
        }

        if (any is not { } known)
            return LaneOutcome.Empty;
        into.Boolean(known);
        return LaneOutcome.Written;
    }

    private static bool? Read(in RawValue value) => value.Kind switch
    {
        RawKind.Boolean or RawKind.Integer when value.Number is 0 or 1 => value.Number == 1,
        RawKind.Text => Read(value.Bytes),
        _ => null,
    };

    private static bool? Read(ReadOnlySpan<byte> text) => text.Length switch
    {
        1 when text[0] is (byte)'1' or (byte)'t' => true,
        1 when text[0] is (byte)'0' or (byte)'f' => false,
        4 when text.SequenceEqual("true"u8) => true,
        5 when text.SequenceEqual("false"u8) => false,
        _ => null,
    };
}

/// <summary>Whole numbers within 32 bits.</summary>
internal sealed class IntegerLane(int ordinal) : FieldLane
{
    public override LaneOutcome Write(IRawRow row, FieldBuffer into)
    {
        var value = row.Raw(ordinal);
        if (value.IsNull)
            return LaneOutcome.Empty;
        if (value.Kind != RawKind.Integer || value.Number is < int.MinValue or > int.MaxValue)
            return LaneOutcome.Unusual;
        into.Integer((int)value.Number);
        return LaneOutcome.Written;
    }
}

/// <summary>Finite numbers, whole ones included.</summary>
internal sealed class FloatLane(int ordinal) : FieldLane
{
    public override LaneOutcome Write(IRawRow row, FieldBuffer into)
    {
        var value = row.Raw(ordinal);
        double number;
        switch (value.Kind)
        {
            case RawKind.Null:
                return LaneOutcome.Empty;
            case RawKind.Float:
                number = value.Real;
                break;
            case RawKind.Integer:
                number = value.Number;
                break;
            case RawKind.Text when double.TryParse(value.Bytes, NumberStyles.Float, CultureInfo.InvariantCulture, out number):
                break;
            default:
                return LaneOutcome.Unusual;
        }

        if (!double.IsFinite(number))
            return LaneOutcome.Unusual;
        into.Float(number);
        return LaneOutcome.Written;
    }
}
