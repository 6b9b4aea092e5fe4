namespace Seidra.Reporting.Html;

/// <summary>
/// Places instants on a line from 0 to 100. A migration may rest for days between two runs: long idle times are cut to a
/// sliver, so that the work stays visible.
/// </summary>
internal sealed class TimeAxis
{
    private const double LongestIdleShare = 0.1;
    private const double CutShare = 0.02;
    private readonly List<(DateTimeOffset From, DateTimeOffset To, double At, double Length)> _pieces = [];

    /// <summary>An axis over what was busy.</summary>
    /// <param name="busy">Begin and end of each piece of work; at least one.</param>
    public TimeAxis(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> busy)
    {
        var blocks = Merge(busy);
        var work = Math.Max(blocks.Sum(block => (block.To - block.From).TotalSeconds), 0.001);
        var at = 0.0;
        for (var i = 0; i < blocks.Count; i++)
        {
            if (i > 0)
            {
                var idle = (blocks[i].From - blocks[i - 1].To).TotalSeconds;
                var isCut = idle > work * LongestIdleShare;
                Add(blocks[i - 1].To, blocks[i].From, isCut ? work * CutShare : idle);
                if (isCut)
                {
                    Cuts.Add(at);
                }
            }

            Add(blocks[i].From, blocks[i].To, (blocks[i].To - blocks[i].From).TotalSeconds);
        }

        var scale = at > 0 ? 100 / at : 0;
        Cuts = [.. Cuts.Select(cut => cut * scale)];
        _pieces = [.. _pieces.Select(piece => (piece.From, piece.To, piece.At * scale, piece.Length * scale))];

        void Add(DateTimeOffset from, DateTimeOffset to, double length)
        {
            _pieces.Add((from, to, at, length));
            at += length;
        }
    }

    /// <summary>Where idle time was cut out.</summary>
    public List<double> Cuts { get; } = [];

    /// <summary>The place of an instant, from 0 to 100; instants outside are at the ends.</summary>
    public double Place(DateTimeOffset instant)
    {
        var piece = _pieces.FirstOrDefault(piece => instant <= piece.To, _pieces[^1]);
        var span = (piece.To - piece.From).TotalSeconds;
        return piece.At + (span > 0 ? piece.Length * Math.Clamp((instant - piece.From).TotalSeconds / span, 0, 1) : 0);
    }

    private static List<(DateTimeOffset From, DateTimeOffset To)> Merge(IEnumerable<(DateTimeOffset From, DateTimeOffset To)> busy)
    {
        var blocks = new List<(DateTimeOffset From, DateTimeOffset To)>();
        foreach (var (from, to) in busy.OrderBy(span => span.From))
        {
            if (blocks.Count > 0 && from <= blocks[^1].To)
            {
                blocks[^1] = (blocks[^1].From, to > blocks[^1].To ? to : blocks[^1].To);
            }
            else
            {
                blocks.Add((from, to));
            }
        }

        return blocks;
    }
}
