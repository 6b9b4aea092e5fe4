using System.Text;

namespace Seidra.Database;

/// <summary>JSON that has its column's shape already.</summary>
internal abstract class JsonLane(int ordinal) : FieldLane
{
    private readonly JsonScratch _scratch = new();

    public override LaneOutcome Write(IRawRow row, FieldBuffer into)
    {
        var value = row.Raw(ordinal);
        if (value.IsNull)
            return LaneOutcome.Empty;
        if (value.Kind != RawKind.Text)
            return LaneOutcome.Unusual;
        var start = into.Begin();
        var json = new JsonCopier(value.Bytes, into, _scratch);
        if (!json.IsUsable || !Copy(ref json) || !json.Finish())
        {
            into.Undo(start);
            return LaneOutcome.Unusual;
        }

        into.End(start);
        return LaneOutcome.Written;
    }

    /// <summary>Copies the value; false where the shape is another one, or what is in it would have to be altered.</summary>
    protected abstract bool Copy(ref JsonCopier json);
}

/// <summary>Any object that does not have one of the given keys.</summary>
internal sealed class JsonObjectLane(int ordinal, byte[][] keys) : JsonLane(ordinal)
{
    protected override bool Copy(ref JsonCopier json)
    {
        if (keys.Length == 0)
            return json.Peek() == '{' && json.Value();
        if (!json.Begin('{'))
            return false;
        for (var first = true; ; first = false)
        {
            if (json.Next('}', first) is not JsonPart.Another and var end)
                return end == JsonPart.Closed;
            if (!json.ReadString(out var name, out var plain) || IsKey(name))
                return false;
            json.PutString(name, plain);
            if (!json.Colon() || !json.Value(depth: 2))
                return false;
        }
    }

    private bool IsKey(ReadOnlySpan<byte> name)
    {
        foreach (var key in keys)
        {
            if (name.SequenceEqual(key))
                return true;
        }

        return false;
    }
}

/// <summary>A list of strings; of paths, where they are rewritten.</summary>
/// <param name="ordinal">The source column.</param>
/// <param name="map">Where a path lies in Ultimate; null where strings stay as they are.</param>
internal sealed class JsonStringsLane(int ordinal, Func<string, string?>? map) : JsonLane(ordinal)
{
    protected override bool Copy(ref JsonCopier json)
    {
        if (!json.Begin('['))
            return false;
        for (var first = true; ; first = false)
        {
            if (json.Next(']', first) is not JsonPart.Another and var end)
                return end == JsonPart.Closed;
            if (!json.ReadString(out var text, out var plain))
                return false;
            if (map is not null && Encoding.UTF8.GetString(text) is var path && !JsonPathsShape.IsAddress(path) && map(path) is { } mapped)
                json.PutText(mapped);
            else
                json.PutString(text, plain);
        }
    }
}

/// <summary>An object of booleans.</summary>
internal sealed class JsonFlagsLane(int ordinal) : JsonLane(ordinal)
{
    protected override bool Copy(ref JsonCopier json)
    {
        if (!json.Begin('{'))
            return false;
        for (var first = true; ; first = false)
        {
            if (json.Next('}', first) is not JsonPart.Another and var end)
                return end == JsonPart.Closed;
            if (!json.String() || !json.Colon() || !(json.Peek() == 't' ? json.Literal("true"u8) : json.Literal("false"u8)))
                return false;
        }
    }
}
