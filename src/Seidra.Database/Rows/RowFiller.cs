namespace Seidra.Database;

/// <summary>
/// Fills in what Classic does not have: the value of another column, or the default. Fallbacks are taken in the order of the
/// columns: those before are filled in already, those behind are as Classic has them.
/// </summary>
internal sealed class RowFiller(ColumnLane[] lanes, FieldBuffer fields, int[] places, bool[] isEmpty)
{
    private readonly FieldBuffer _filled = new();
    private readonly int[] _filledPlaces = new int[lanes.Length];
    private readonly List<int> _waiting = [];

    /// <summary>Begins another row.</summary>
    public void Clear() => _waiting.Clear();

    /// <summary>Writes the field of a column that Classic has no value for; false where something is to be said about it.</summary>
    public bool Empty(int index, KeyId key)
    {
        var lane = lanes[index];
        if (lane.IsReference)
        {
            fields.Null();
            return true;
        }

        foreach (var other in lane.Fallbacks)
        {
            // Another column that comes later, or waits itself, is not known yet.
            if (other < index && !_waiting.Contains(other))
                continue;
            _waiting.Add(index);
            fields.Null();
            return true;
        }

        foreach (var other in lane.Fallbacks)
        {
            if (fields.IsNull(places[other]))
                continue;
            fields.Repeat(fields, places[other]);
            return true;
        }

        return lane.WriteDefault(key, fields);
    }

    /// <summary>The whole tuple, with the columns that waited; false where something is to be said about one.</summary>
    public bool TryFill(KeyId key, out ReadOnlySpan<byte> tuple)
    {
        tuple = fields.Written;
        if (_waiting.Count == 0)
            return true;
        _filled.Cut(0);
        _filled.Append(tuple[..places[0]]);
        for (var index = 0; index < lanes.Length; index++)
        {
            _filledPlaces[index] = _filled.Length;
            if (!_waiting.Contains(index))
                _filled.Repeat(fields, places[index]);
            else if (!Fallback(index) && !lanes[index].WriteDefault(key, _filled))
                return false;
        }

        tuple = _filled.Written;
        return true;
    }

    private bool Fallback(int index)
    {
        foreach (var other in lanes[index].Fallbacks)
        {
            var isKnown = other < index ? !_filled.IsNull(_filledPlaces[other]) : !isEmpty[other];
            if (!isKnown)
                continue;
            if (other < index)
                _filled.Repeat(_filled, _filledPlaces[other]);
            else
                _filled.Repeat(fields, places[other]);
            return true;
        }

        return false;
    }
}
