using System.Text;

namespace Seidra.Database;

/// <summary>A media path: kept where no path is rewritten, else by one call per row.</summary>
internal sealed class PathLane(int ordinal, int? max, MigrationOptions options) : FieldLane
{
    private readonly Func<string, string?> _map = options.MapMediaPath;
    private readonly bool _kept = options.KeepsMediaPaths;

    public override LaneOutcome Write(IRawRow row, FieldBuffer into)
    {
        var value = row.Raw(ordinal);
        if (value.IsNull)
            return LaneOutcome.Empty;
        // Without a visible ASCII character it may be blank in one of Unicode's ways.
        if (value.Kind != RawKind.Text || value.Bytes.IndexOfAnyInRange((byte)0x21, (byte)0x7E) < 0)
            return LaneOutcome.Unusual;
        if (!TextLane.IsText(value.Bytes))
            return LaneOutcome.Slow;
        if (_kept)
        {
            if (!TextLane.Fits(value.Bytes, max))
                return LaneOutcome.Slow;
            into.Bytes(value.Bytes);
            return LaneOutcome.Written;
        }

        if (_map(Encoding.UTF8.GetString(value.Bytes)) is not { } mapped || (max is { } limit && TextLength.Exceeds(mapped, limit)))
            return LaneOutcome.Slow;
        into.Text(mapped);
        return LaneOutcome.Written;
    }
}

/// <summary>An address of a file; one that Classic serves itself follows its file.</summary>
internal sealed class UrlLane(int ordinal, int? max, MigrationOptions options) : FieldLane
{
    private readonly Func<string, string?> _map = options.MapMediaPath;
    private readonly bool _kept = options.KeepsMediaPaths;

    public override LaneOutcome Write(IRawRow row, FieldBuffer into)
    {
        var value = row.Raw(ordinal);
        if (value.IsNull)
            return LaneOutcome.Empty;
        if (value.Kind != RawKind.Text || value.Bytes.IndexOfAnyInRange((byte)0x21, (byte)0x7E) < 0)
            return LaneOutcome.Unusual;
        if (!TextLane.IsText(value.Bytes) || !TextLane.Fits(value.Bytes, max))
            return LaneOutcome.Slow;
        if (value.Bytes.StartsWith(MediaUrlConverter.ServedBytes))
            return Served(value.Bytes[MediaUrlConverter.ServedBytes.Length..], into);
        into.Bytes(value.Bytes);
        return LaneOutcome.Written;
    }

    private LaneOutcome Served(ReadOnlySpan<byte> path, FieldBuffer into)
    {
        if (_kept)
        {
            var start = into.Begin();
            into.Append(MediaUrlConverter.ServedBytes);
            into.Append(path[(path.LastIndexOf((byte)'/') + 1)..]);
            into.End(start);
            return LaneOutcome.Written;
        }

        if (_map(Encoding.UTF8.GetString(path)) is not { } mapped)
            return LaneOutcome.Unusual;
        var name = mapped.AsSpan(mapped.LastIndexOf('/') + 1);
        // How many characters are too many, the converter knows.
        if (max is { } limit && MediaUrlConverter.ServedBytes.Length + name.Length > limit)
            return LaneOutcome.Unusual;
        var field = into.Begin();
        into.Append(MediaUrlConverter.ServedBytes);
        into.AppendText(name);
        into.End(field);
        return LaneOutcome.Written;
    }
}
