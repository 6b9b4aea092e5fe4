using System.Diagnostics;

namespace Seidra.Cutover.Bench;

/// <summary>What one writer was told is written, and when.</summary>
internal sealed class WriteJournal
{
    private readonly Lock _one = new();
    private readonly Dictionary<string, double> _progress = new(StringComparer.Ordinal);
    private readonly List<long> _acknowledged = [];
    private int _onUltimate;

    /// <summary>How many jobs were acknowledged.</summary>
    public int Count
    {
        get
        {
            lock (_one)
            {
                return _progress.Count;
            }
        }
    }

    /// <summary>How many of them by Ultimate.</summary>
    public int OnUltimate
    {
        get
        {
            lock (_one)
            {
                return _onUltimate;
            }
        }
    }

    /// <summary>The progress that each job must have.</summary>
    public IReadOnlyDictionary<string, double> Progress
    {
        get
        {
            lock (_one)
            {
                return new Dictionary<string, double>(_progress, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>A new job was acknowledged.</summary>
    public void Inserted(string token, bool onUltimate)
    {
        lock (_one)
        {
            _acknowledged.Add(Stopwatch.GetTimestamp());
            _progress.Add(token, 0);
            _onUltimate += onUltimate ? 1 : 0;
        }
    }

    /// <summary>A change of its progress was acknowledged.</summary>
    public void Updated(string token, double progress)
    {
        lock (_one)
        {
            _progress[token] = progress;
        }
    }

    /// <summary>The longest time between two acknowledged jobs, of those times that reach into a window.</summary>
    public TimeSpan LongestGap(long from, long to)
    {
        lock (_one)
        {
            var longest = TimeSpan.Zero;
            for (var index = 1; index < _acknowledged.Count; index++)
            {
                var (before, after) = (_acknowledged[index - 1], _acknowledged[index]);
                if (after >= from && before <= to && Stopwatch.GetElapsedTime(before, after) is var gap && gap > longest)
                {
                    longest = gap;
                }
            }

            return longest;
        }
    }

    /// <summary>Whether a job was acknowledged after a moment.</summary>
    public bool HasAfter(long moment)
    {
        lock (_one)
        {
            return _acknowledged.Count > 0 && _acknowledged[^1] > moment;
        }
    }
}
