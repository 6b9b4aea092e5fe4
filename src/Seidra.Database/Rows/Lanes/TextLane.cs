using System.Text.Unicode;

namespace Seidra.Database;

/// <summary>Text that is well-formed, without NUL, and fits.</summary>
internal sealed class TextLane(int ordinal, int? max) : FieldLane
{
    public override LaneOutcome Write(IRawRow row, FieldBuffer into)
    {
        var value = row.Raw(ordinal);
        if (value.IsNull)
            return LaneOutcome.Empty;
        if (value.Kind != RawKind.Text)
            return LaneOutcome.Unusual;
        if (!IsText(value.Bytes) || !Fits(value.Bytes, max))
            return LaneOutcome.Slow;
        into.Bytes(value.Bytes);
        return LaneOutcome.Written;
    }

    /// <summary>Whether it is text that PostgreSQL can keep.</summary>
    public static bool IsText(ReadOnlySpan<byte> text) => Utf8.IsValid(text) && !text.Contains((byte)0);

    /// <summary>Whether it has at most so many characters, as varchar(n) counts them.</summary>
    public static bool Fits(ReadOnlySpan<byte> text, int? max)
    {
        if (max is not { } limit || text.Length <= limit)
            return true;
        var characters = 0;
        foreach (var unit in text)
        {
            // All but the continuation bytes of a character.
            if ((unit & 0xC0) != 0x80)
                characters++;
        }

        return characters <= limit;
    }
}

/// <summary>A status in one of the spellings that stand for a known one and need no note.</summary>
internal sealed class StatusLane : FieldLane
{
    private readonly int _ordinal;
    private readonly (byte[] Spelling, byte[] Status)[] _known;

    public StatusLane(int ordinal, ColumnRule rule)
    {
        _ordinal = ordinal;
        var words = StatusConverter.Known.Concat(rule.Values.Keys).Where(word => !rule.Settle.ContainsKey(word) && !word.Any(character => char.IsUpper(character) || char.IsWhiteSpace(character)));
        _known =
        [
            .. words.Select(word => (word, Status: rule.Values.GetValueOrDefault(word, word))).Where(pair => StatusConverter.Known.Contains(pair.Status))
                .Select(pair => (System.Text.Encoding.UTF8.GetBytes(pair.word), System.Text.Encoding.UTF8.GetBytes(pair.Status))),
        ];
    }

    public override LaneOutcome Write(IRawRow row, FieldBuffer into)
    {
        var value = row.Raw(_ordinal);
        if (value.IsNull)
            return LaneOutcome.Empty;
        if (value.Kind == RawKind.Text)
        {
            foreach (var (spelling, status) in _known)
            {
                if (!value.Bytes.SequenceEqual(spelling))
                    continue;
                into.Bytes(status);
                return LaneOutcome.Written;
            }
        }

        return LaneOutcome.Unusual;
    }
}
