using System.Text;

namespace Seidra.Database;

/// <summary>Parameters of an image whose well-known keys have their types; a null of theirs is left out.</summary>
internal sealed class JsonParametersLane(int ordinal) : JsonLane(ordinal)
{
    // Within these a decimal holds every digit, so that the number stays as it is written.
    private const int MostDigits = 18;

    private static readonly byte[][] _whole = Bytes(JsonParametersShape.Whole);
    private static readonly byte[][] _numbers = Bytes(JsonParametersShape.Numbers);
    private static readonly byte[][] _texts = Bytes(JsonParametersShape.Texts);

    protected override bool Copy(ref JsonCopier json)
    {
        if (!json.Begin('{'))
            return false;
        for (var first = true; ; first = false)
        {
            var before = json.Written;
            if (json.Next('}', first) is not JsonPart.Another and var end)
                return end == JsonPart.Closed;
            if (!json.ReadString(out var name, out var plain))
                return false;
            var kind = Has(_whole, name) ? TargetType.Integer : Has(_numbers, name) ? TargetType.Float : Has(_texts, name) ? TargetType.Text : TargetType.Json;
            json.PutString(name, plain);
            if (!json.Colon())
                return false;
            if (kind != TargetType.Json && json.Skip("null"u8))
                json.Cut(before);
            else if (!Value(ref json, kind))
                return false;
        }
    }

    private static bool Value(ref JsonCopier json, TargetType kind)
    {
        switch (kind)
        {
            case TargetType.Text:
                return json.Peek() == '"' && json.String();
            case TargetType.Integer or TargetType.Float:
                if (!json.ReadNumber(out var number, out var isWhole) || number.Length > MostDigits || number.ContainsAny((byte)'e', (byte)'E'))
                    return false;
                // Zero has no sign when it is written as a whole number.
                if (kind == TargetType.Integer && (!isWhole || number.SequenceEqual("-0"u8)))
                    return false;
                json.Put(number);
                return true;
            default:
                return json.Value(depth: 2);
        }
    }

    private static bool Has(byte[][] names, ReadOnlySpan<byte> name)
    {
        foreach (var known in names)
        {
            if (name.SequenceEqual(known))
                return true;
        }

        return false;
    }

    private static byte[][] Bytes(IEnumerable<string> names) => [.. names.Select(Encoding.UTF8.GetBytes)];
}
