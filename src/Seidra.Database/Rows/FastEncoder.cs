using System.Text;

namespace Seidra.Database;

/// <summary>
/// Makes Ultimate's row straight from the engine's bytes, without an object per value. It only takes rows of which nothing is
/// to be said: no note, no quarantine, no moved key, no other name. All others it leaves to <see cref="SlowEncoder"/>.
/// </summary>
internal sealed class FastEncoder
{
    private readonly TablePlan _table;
    private readonly IRowKnowledge _knowledge;
    private readonly KeyWriter _key;
    private readonly ColumnLane[] _lanes;
    private readonly ExtrasWriter _extras;
    private readonly int _extrasColumn;
    private readonly NameRules _names;
    private readonly ColumnValues _values;
    private readonly FieldBuffer _fields = new();
    private readonly RowFiller _filler;
    private readonly int[] _places;
    private readonly bool[] _isEmpty;
    private readonly bool _hasDemo;
    private readonly Func<string, string?> _mapMediaPath;
    private RowVerdict _verdict;

    private FastEncoder(TablePlan table, MigrationPlan plan, MigrationOptions options, IRowKnowledge knowledge)
    {
        _table = table;
        _mapMediaPath = options.MapMediaPath;
        _verdict = Fresh();
        _knowledge = knowledge;
        var keys = new TargetKeys(plan, knowledge);
        KeyWriter? Writer(string target) => plan.Tables.FirstOrDefault(other => other.Target == target) is { } other ? new KeyWriter(other, keys, knowledge) : null;
        _key = Writer(table.Target)!;
        _extras = new ExtrasWriter(table, _key, Writer);
        _extrasColumn = _extras.Keys.Length == 0 ? -1 : table.Binding.IndexOf(table.Rule.ExtrasInto!);
        _names = new NameRules(table, plan.Options);
        _values = new ColumnValues(table);
        _hasDemo = table.Target == TargetKeys.Users && _key.IsNumber;
        _lanes =
        [
            .. table.Binding.Columns.Select((column, index) => new ColumnLane(column, column.Rule.Reference is { } parent
                ? ReferenceLane.Of(column, Writer(parent), knowledge, table.Rule.Key.Reserved.Count > 0)
                : ColumnLane.Of(column, options, index == _extrasColumn ? _extras.Keys : []))),
        ];
        _places = new int[_lanes.Length];
        _isEmpty = new bool[_lanes.Length];
        _filler = new RowFiller(_lanes, _fields, _places, _isEmpty);
    }

    /// <summary>The fast encoder of a table; null where the map asks for what only the slow one does.</summary>
    public static FastEncoder? Of(TablePlan table, MigrationPlan plan, MigrationOptions options, IRowKnowledge knowledge)
    {
        var encoder = new FastEncoder(table, plan, options, knowledge);
        // A derived row has its owner's number; a name or an object that comes from another column is not worth a lane.
        var isUsual = table.Derived is null && encoder._extras.IsUsable
            && encoder._names.Columns.Select(column => column.Index).Append(encoder._extrasColumn).All(index => index < 0 || encoder._lanes[index].Fallbacks.Length == 0);
        return isUsual ? encoder : null;
    }

    /// <summary>Encodes a row; false, and nothing done, where it must go the slow way.</summary>
    public bool TryEncode(IRawRow row, in KeyPlace place, RowChunk into)
    {
        if (place.Id is not { } key || place.Occurrence > 1 || (_hasDemo && _knowledge.IsDemo(key)))
            return false;
        if (_key.IsNumber && (!key.IsNumber || _key.Number(key) != key.Number))
            return false;
        _fields.Cut(0);
        _fields.Count(_lanes.Length + 1);
        if (!_key.Write(key, _fields))
            return false;
        _filler.Clear();
        for (var index = 0; index < _lanes.Length; index++)
        {
            _places[index] = _fields.Length;
            if (!Column(row, key, index))
                return false;
        }

        if (!_filler.TryFill(key, out var tuple) || !Names(key, place, into))
            return false;
        into.Place(key, tuple, isDemo: false);
        return true;
    }

    private RowVerdict Fresh() => new("", _mapMediaPath);

    private bool Column(IRawRow row, KeyId key, int index)
    {
        var lane = _lanes[index];
        var outcome = lane.Lane.Write(row, _fields);
        var isConverted = outcome == LaneOutcome.Unusual;
        if (isConverted)
            outcome = Convert(row, index);
        _isEmpty[index] = outcome == LaneOutcome.Empty;
        if (outcome == LaneOutcome.Slow || (outcome == LaneOutcome.Empty && !_filler.Empty(index, key)))
            return false;
        // What the converter wrote may have keys of extras: only the lane has looked.
        return index != _extrasColumn || (!isConverted && !_fields.IsNull(_places[index]) && _extras.Write(row, key, _places[index], _fields));
    }

    private LaneOutcome Convert(IRawRow row, int index)
    {
        var value = _values.Convert(row, index, _verdict);
        if (_verdict.Notes.Count > 0 || _verdict.Reason is not null)
        {
            _verdict = Fresh();
            return LaneOutcome.Slow;
        }

        if (value is null)
            return LaneOutcome.Empty;
        TupleCodec.Append(_fields, value);
        return LaneOutcome.Written;
    }

    private bool Names(KeyId key, in KeyPlace place, RowChunk into)
    {
        if (_names.Columns.Count == 0)
            return true;
        foreach (var column in _names.Columns)
        {
            if (_knowledge.Renamed(_table.Target, column.Name, key) is { } name && !_fields.Field(_places[column.Index]).SequenceEqual(Encoding.UTF8.GetBytes(name)))
                return false;
        }

        var text = place.Text;
        foreach (var column in _names.Columns)
        {
            if (!_fields.IsNull(_places[column.Index]))
                into.Names.Add(new NameRow(column.Name, column.Hash(Encoding.UTF8.GetString(_fields.Field(_places[column.Index]))), text));
        }

        return true;
    }
}
