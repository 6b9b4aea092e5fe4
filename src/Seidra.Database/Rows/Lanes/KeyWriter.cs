using System.Text;

namespace Seidra.Database;

/// <summary>Writes the keys that rows of one table have in Ultimate.</summary>
internal sealed class KeyWriter(TablePlan table, TargetKeys keys, IRowKnowledge knowledge)
{
    private readonly StableUuidWriter _uuids = new(table.Target);
    private readonly KeyKind _kind = table.Rule.Key.As;

    /// <summary>Ultimate's table.</summary>
    public string Table => table.Target;

    public bool IsNumber => _kind == KeyKind.Integer;

    /// <summary>Whether the row's key stays what it is in Classic.</summary>
    public bool IsKept(KeyId key) => _kind == KeyKind.Text || (_kind == KeyKind.Uuid && TargetKeys.IsUuid(key));

    /// <summary>Ultimate's number of a row.</summary>
    public long Number(KeyId key) => keys.Number(table.Target, key);

    /// <summary>Writes the field; false where the row cannot have a key.</summary>
    public bool Write(KeyId key, FieldBuffer into)
    {
        if (_kind == KeyKind.Integer)
        {
            if (!key.IsNumber)
                return false;
            into.Integer((int)Number(key));
            return true;
        }

        if (key.Text?.Contains('\0') == true)
            return false;
        if (_kind == KeyKind.Uuid && key.IsNumber && knowledge.Born(table.Target, key) is null)
        {
            var start = into.Begin();
            _uuids.Write(key.Number, into.Room(StableUuidWriter.Bytes));
            into.Advance(StableUuidWriter.Bytes);
            into.End(start);
            return true;
        }

        if (keys.Find(table.Target, key, out _) is not string text)
            return false;
        into.Text(text);
        return true;
    }

    /// <summary>Writes the key as JSON text; false where the row cannot have one or it needs more than quotes.</summary>
    public bool WriteJson(KeyId key, FieldBuffer into)
    {
        if (_kind == KeyKind.Uuid && key.IsNumber && knowledge.Born(table.Target, key) is null)
        {
            into.Append("\""u8);
            _uuids.Write(key.Number, into.Room(StableUuidWriter.Bytes));
            into.Advance(StableUuidWriter.Bytes);
            into.Append("\""u8);
            return true;
        }

        if (keys.Find(table.Target, key, out _) is not { } found)
            return false;
        JsonCopier.AppendString(Encoding.UTF8.GetBytes(SourceText.Plain(found)!), into);
        return true;
    }
}
