using System.Globalization;

namespace Seidra.Database;

/// <summary>Which transactions a snapshot sees, in the words of txid_current_snapshot(): xmin:xmax:running,running.</summary>
internal sealed class SnapshotSight
{
    private readonly uint _min;
    private readonly uint _max;
    private readonly HashSet<uint> _running;

    public SnapshotSight(string text)
    {
        var parts = text.Split(':');
        _min = Number(parts[0]);
        _max = Number(parts[1]);
        _running = [.. parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Number)];
    }

    /// <summary>Whether a transaction that was committed is seen.</summary>
    public bool Sees(uint xid) => !XidSet.IsFrom(xid, _min) || (!XidSet.IsFrom(xid, _max) && !_running.Contains(xid));

    /// <summary>Whether all of them are seen.</summary>
    public bool SeesAll(XidSet xids) => !xids.ReachesTo(_max) && !_running.Any(xids.Contains);

    // The upper half counts turns of the circle; the stream has the lower alone.
    private static uint Number(string text) => (uint)ulong.Parse(text, CultureInfo.InvariantCulture);
}
