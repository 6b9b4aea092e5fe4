using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Seidra.Sandbox.World;

namespace Seidra.Sandbox.Probe;

/// <summary>
/// Turns single answers into figures. Figures go on over a restart of the world, but a time in which no probe ran is
/// neither pause nor downtime: nothing was asked, so nothing is known.
/// </summary>
internal sealed class ProbeMeter
{
    private const int KeptFailures = 20;

    private readonly Lock sync = new();
    private readonly Func<(long Start, long End)> lastHold;
    private readonly List<string> firstFailures;
    private long reads;
    private long writes;
    private long failed;
    private long acknowledged;
    private double holdPauseMs;
    private double longestGapMs;
    private double downtimeMs;
    private long lastAcknowledged;
    private long lastGoodRead;
    private bool readsFail;

    /// <param name="earlier">The figures of earlier lives of the world, or null.</param>
    /// <param name="recorded">Acknowledged writes in the record, which is the truth about them.</param>
    /// <param name="lastHold">Start and end of the door's current or last hold, in stopwatch timestamps.</param>
    public ProbeMeter(ProbeFigures? earlier, long recorded, Func<(long Start, long End)> lastHold)
    {
        this.lastHold = lastHold;
        firstFailures = [.. earlier?.FirstFailures ?? []];
        reads = earlier?.Reads ?? 0;
        failed = earlier?.Failed ?? 0;
        acknowledged = recorded;
        // What was recorded after the last figures were saved was also asked.
        writes = (earlier?.Writes ?? 0) + recorded - (earlier?.AcknowledgedWrites ?? 0);
        downtimeMs = earlier?.DowntimeMs ?? 0;
        longestGapMs = earlier?.LongestWriteGapMs ?? 0;
        holdPauseMs = earlier is { WritesWereHeld: true } ? earlier.WritePauseMs : 0;
    }

    /// <summary>The figures of an earlier life, or null where there are none (or the machine died while they were written).</summary>
    public static ProbeFigures? Load(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllText(file), WorldJson.Default.ProbeFigures) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Saves the figures for a next life.</summary>
    public void Save(string file) => AtomicFile.Write(file, JsonSerializer.Serialize(Figures(), WorldJson.Default.ProbeFigures), flushToDisk: false);

    /// <summary>A write was acknowledged (and recorded) at this stopwatch timestamp.</summary>
    public void WriteAcknowledged(long at)
    {
        var (holdStart, holdEnd) = lastHold();
        lock (sync)
        {
            writes++;
            acknowledged++;
            if (lastAcknowledged != 0 && at > lastAcknowledged)
            {
                var gap = Milliseconds(lastAcknowledged, at);
                longestGapMs = Math.Max(longestGapMs, gap);
                if (holdStart < at && holdEnd > lastAcknowledged)
                    holdPauseMs = Math.Max(holdPauseMs, gap);
            }

            lastAcknowledged = Math.Max(lastAcknowledged, at);
        }
    }

    /// <summary>A read was answered well at this stopwatch timestamp.</summary>
    public void ReadAnswered(long at)
    {
        lock (sync)
        {
            reads++;
            if (readsFail && lastGoodRead != 0)
                downtimeMs += Milliseconds(lastGoodRead, at);
            readsFail = false;
            lastGoodRead = Math.Max(lastGoodRead, at);
        }
    }

    /// <summary>A request was refused, timed out or cut off.</summary>
    public void RequestFailed(bool isRead, string request, string reason)
    {
        lock (sync)
        {
            failed++;
            if (isRead)
            {
                reads++;
                readsFail = true;
            }
            else
            {
                writes++;
            }

            if (firstFailures.Count < KeptFailures)
                firstFailures.Add(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {request}: {reason}"));
        }
    }

    /// <summary>The figures now.</summary>
    public ProbeFigures Figures()
    {
        lock (sync)
        {
            var down = downtimeMs + (readsFail && lastGoodRead != 0 ? Milliseconds(lastGoodRead, Stopwatch.GetTimestamp()) : 0);
            var pause = holdPauseMs > 0 ? holdPauseMs : longestGapMs;
            return new ProbeFigures(reads + writes, failed, reads, writes, acknowledged, Math.Round(pause, 1), Math.Round(down, 1), [.. firstFailures])
            {
                LongestWriteGapMs = Math.Round(longestGapMs, 1),
                WritesWereHeld = holdPauseMs > 0,
            };
        }
    }

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
}
