namespace Seidra.Database;

/// <summary>Numbers that were read in order, as ranges without a gap: a number in a gap may yet come.</summary>
internal sealed class RowRanges
{
    private readonly List<(long Low, long High)> _ranges = [];

    public long Last => _ranges.Count == 0 ? 0 : _ranges[^1].High;

    public void Add(long number)
    {
        if (_ranges.Count > 0 && _ranges[^1].High == number - 1)
            _ranges[^1] = (_ranges[^1].Low, number);
        else
            _ranges.Add((number, number));
    }

    /// <summary>The ranges in portions of so many numbers, for statements that hold nothing for long.</summary>
    public IEnumerable<(long[] Low, long[] High)> Slices(long size)
    {
        var (low, high, room) = (new List<long>(), new List<long>(), size);
        foreach (var range in _ranges)
        {
            for (var start = range.Low; start <= range.High;)
            {
                var end = Math.Min(range.High, start + room - 1);
                low.Add(start);
                high.Add(end);
                room -= end - start + 1;
                start = end + 1;
                if (room > 0)
                    continue;
                yield return ([.. low], [.. high]);
                (low, high, room) = ([], [], size);
            }
        }

        if (low.Count > 0)
            yield return ([.. low], [.. high]);
    }
}
