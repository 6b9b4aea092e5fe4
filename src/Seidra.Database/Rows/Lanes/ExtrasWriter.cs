using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Seidra.Database;

/// <summary>Writes Classic's extras and its key into the JSON object that was written last: the same bytes as <see cref="JsonExtras"/>.</summary>
internal sealed class ExtrasWriter
{
    private readonly List<Extra> _extras = [];
    private readonly byte[]? _keepAs;
    private readonly KeyWriter _key;

    public ExtrasWriter(TablePlan table, KeyWriter key, Func<string, KeyWriter?> writers)
    {
        _key = key;
        foreach (var extra in table.Binding.Extras)
        {
            var parent = extra.Rule.Reference is { } name ? writers(name) : null;
            // A reference to a table that Classic does not have says nothing.
            if (extra.Rule.Reference is null || parent is not null)
                _extras.Add(new Extra(extra.Ordinal, Name(extra.Rule.Key), parent));
        }

        if (table.Rule.Key.KeepAs is { } keep)
            _keepAs = Name(keep);
        Keys = [.. table.Binding.Extras.Select(extra => extra.Rule.Key).Append(table.Rule.Key.KeepAs).OfType<string>().Select(Encoding.UTF8.GetBytes)];
        IsUsable = Keys.Select(Encoding.UTF8.GetString).Distinct().Count() == Keys.Length;
    }

    /// <summary>The keys that extras may have.</summary>
    public byte[][] Keys { get; }

    /// <summary>Whether each key is written once at most.</summary>
    public bool IsUsable { get; }

    /// <summary>Writes what the row has.</summary>
    /// <param name="row">The row.</param>
    /// <param name="id">Its key.</param>
    /// <param name="field">Where the field of the object begins, the last in the buffer.</param>
    /// <param name="into">The buffer.</param>
    /// <returns>False where the row must go the slow way.</returns>
    public bool Write(IRawRow row, KeyId id, int field, FieldBuffer into)
    {
        foreach (var extra in _extras)
        {
            var value = row.Raw(extra.Ordinal);
            if (value.IsNull)
                continue;
            Open(extra.Name, into);
            if (!(extra.Parent is null ? Plain(row, value, extra.Ordinal, into) : Reference(row, value, extra, into)))
                return false;
            into.Append("}"u8);
        }

        if (_keepAs is not null && !_key.IsNumber && !_key.IsKept(id))
        {
            Open(_keepAs, into);
            if (id.IsNumber)
                Number(id.Number, into);
            else
                JsonCopier.AppendString(Encoding.UTF8.GetBytes(id.Text!), into);
            into.Append("}"u8);
        }

        into.End(FieldBuffer.Reopen(field));
        return true;
    }

    // Instead of the object's end comes another entry.
    private static void Open(byte[] name, FieldBuffer into)
    {
        into.Cut(into.Length - 1);
        if (into.Written[^1] != '{')
            into.Append(","u8);
        into.Append(name);
    }

    private static bool Plain(IRawRow row, in RawValue value, int ordinal, FieldBuffer into)
    {
        if (value.Kind == RawKind.Text)
        {
            if (!System.Text.Unicode.Utf8.IsValid(value.Bytes))
                return false;
            JsonCopier.AppendString(value.Bytes, into);
            return true;
        }

        // PostgreSQL's numbers have always come as text.
        switch (row[ordinal])
        {
            case long number:
                Number(number, into);
                return true;
            case string text:
                JsonCopier.AppendString(Encoding.UTF8.GetBytes(text), into);
                return true;
            default:
                return false;
        }
    }

    private static bool Reference(IRawRow row, in RawValue value, Extra extra, FieldBuffer into) =>
        ReferenceLane.Read(row, value, extra.Ordinal) is { } key && extra.Parent!.WriteJson(key, into);

    private static void Number(long number, FieldBuffer into)
    {
        const int MostDigits = 20;
        Utf8Formatter.TryFormat(number, into.Room(MostDigits), out var written);
        into.Advance(written);
    }

    private static byte[] Name(string key) => [.. "\""u8, .. JsonEncodedText.Encode(key, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes, .. "\":"u8];

    private sealed record Extra(int Ordinal, byte[] Name, KeyWriter? Parent);
}
