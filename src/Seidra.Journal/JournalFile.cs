namespace Seidra.Journal;

/// <summary>The journal on disk: <c>journal.jsonl</c> and, beside it, <c>journal.head</c>.</summary>
internal sealed class JournalFile : IDisposable
{
    public const string FileName = "journal.jsonl";

    private const int ReadAttempts = 5;

    private readonly string _directory;
    private readonly FileStream _lines;
    private readonly FileStream _head;
    private long _length;
    private Exception? _broken;

    private JournalFile(string directory, FileStream lines, FileStream head) =>
        (_directory, _lines, _head) = (directory, lines, head);

    /// <summary>Full path of the lines.</summary>
    public string Path => _lines.Name;

    public static JournalFile Open(string directory)
    {
        FileStream? lines = null;
        try
        {
            lines = StateFolder.OpenFile(System.IO.Path.Combine(directory, FileName));
            return new JournalFile(directory, lines, StateFolder.OpenFile(System.IO.Path.Combine(directory, HeadAnchor.FileName)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            lines?.Dispose();
            throw StateFolder.Unusable(System.IO.Path.Combine(directory, FileName), "open for writing", error);
        }
    }

    /// <summary>Reads the journal without changing anything.</summary>
    public static JournalSnapshot Read(string directory)
    {
        var path = System.IO.Path.Combine(directory, FileName);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (File.Exists(directory))
                    throw new JournalException($"Expected a state folder at {directory}, found a file. Next: name the folder with --state=DIR.");
                // In this order: the lines may be newer than the anchor, never older.
                var anchor = HeadAnchor.Read(directory);
                using var lines = StateFolder.OpenForReading(path);
                return JournalScan.Read(path, lines, anchor).Replay.Snapshot;
            }
            catch (JournalDamagedException) when (attempt < ReadAttempts)
            {
                // Beside a writer, the few bytes of the anchor may be seen half written; damage does not go away.
                Thread.Sleep(10);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw StateFolder.Unusable(path, "be readable", error);
            }
        }
    }

    /// <summary>Checks and replays all lines and makes the file ready to append.</summary>
    public JournalScan Scan()
    {
        try
        {
            var anchor = HeadAnchor.Read(_directory);
            _lines.Position = 0;
            var scan = JournalScan.Read(Path, _lines, anchor);
            _length = scan.CompleteBytes;
            if (scan.Replay.Lines > (anchor?.Seq ?? 0))
                WriteAnchor(scan.Replay.Lines, scan.Replay.Head);
            return scan;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw StateFolder.Unusable(Path, "be readable", error);
        }
    }

    /// <summary>Cuts off a torn last line after keeping a copy of it; returns the name of the copy, null where nothing was torn.</summary>
    public string? CutTail(JournalScan scan)
    {
        if (scan.Tail.Length == 0)
            return null;
        try
        {
            var number = 1;
            while (File.Exists(TornPath(number)))
                number++;
            using (var copy = StateFolder.OpenFile(TornPath(number)))
            {
                copy.Write(scan.Tail);
                copy.Flush(flushToDisk: true);
            }
            // First the anchor: cut off between the two, the folder must not look as if a whole line were missing.
            WriteAnchor(scan.Replay.Lines, scan.Replay.Head);
            _lines.SetLength(_length);
            _lines.Flush(flushToDisk: true);
            return System.IO.Path.GetFileName(TornPath(number));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw StateFolder.Unusable(Path, "have its torn last line moved aside", error);
        }
    }

    /// <summary>Writes one line; on disk when this returns.</summary>
    public void Append(ReadOnlySpan<byte> line, long seq)
    {
        ObjectDisposedException.ThrowIf(!_lines.CanWrite, this);
        if (_broken is not null)
            throw StateFolder.Unusable(Path, "take one more line after a failed one", _broken);
        if (line.Length >= JournalLine.MaxBytes)
            throw new JournalException($"Expected an entry of less than {JournalLine.MaxBytes} bytes, found {line.Length}. Next: report this with the step's name.");
        try
        {
            if (RandomAccess.GetLength(_lines.SafeFileHandle) != _length)
                throw new JournalException($"Expected {Path} to be {_length} bytes long, found that somebody else wrote to it. Next: end the other run, then start again.");
            RandomAccess.Write(_lines.SafeFileHandle, [.. line, (byte)'\n'], _length);
            RandomAccess.FlushToDisk(_lines.SafeFileHandle);
            _length += line.Length + 1;
            WriteAnchor(seq, JournalLine.Hash(line));
        }
        // EFBIG, a limit of file sizes, arrives as an argument out of range.
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // Whether the line reached the disk is unknown now; only a new reading can tell, so this writer is done.
            _broken = error;
            throw StateFolder.Unusable(Path, "take one more line", error);
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        _head.Dispose();
    }

    private void WriteAnchor(long seq, string hash) => RandomAccess.Write(_head.SafeFileHandle, new HeadAnchor(seq, hash).ToBytes(), 0);

    private string TornPath(int number) => System.IO.Path.Combine(_directory, $"journal.torn-{number}");
}
