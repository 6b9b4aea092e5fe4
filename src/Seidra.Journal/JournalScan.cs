namespace Seidra.Journal;

/// <summary>One pass over a journal file: every line checked and replayed, the end found.</summary>
internal sealed class JournalScan
{
    private readonly string _path;

    private JournalScan(string path) => _path = path;

    /// <summary>The state after all complete lines.</summary>
    public JournalReplay Replay { get; } = new();

    /// <summary>Bytes up to and with the newline of the last complete line.</summary>
    public long CompleteBytes { get; private set; }

    /// <summary>What follows the last newline: a line that a crash tore, or that a writer is writing. Mostly empty.</summary>
    public byte[] Tail { get; private set; } = [];

    /// <summary>Reads a journal.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="stream">Its content, or null where there is none.</param>
    /// <param name="anchor">How far the journal reached; must be read before the content.</param>
    public static JournalScan Read(string path, Stream? stream, HeadAnchor? anchor)
    {
        var scan = new JournalScan(path);
        if (stream is not null)
            scan.ReadLines(stream, anchor);
        // A torn line counts as the one after the last whole one: that it was cut is told by its remains, not hidden.
        if (anchor is not null && anchor.Seq > scan.Replay.Lines + (scan.Tail.Length > 0 ? 1 : 0))
            throw new JournalDamagedException(path, scan.Replay.Lines + 1,
                $"{anchor.Seq} lines ({HeadAnchor.FileName} has seen them on disk)", $"{scan.Replay.Lines} whole lines");
        return scan;
    }

    private void ReadLines(Stream stream, HeadAnchor? anchor)
    {
        var buffer = new byte[64 * 1024];
        var filled = 0;
        int read;
        while ((read = stream.Read(buffer, filled, buffer.Length - filled)) > 0)
        {
            // Only the new bytes can hold the newline of what was left over.
            var searchFrom = filled;
            filled += read;
            var start = 0;
            while (buffer.AsSpan(searchFrom, filled - searchFrom).IndexOf((byte)'\n') is >= 0 and var offset)
            {
                var end = searchFrom + offset;
                Accept(buffer.AsSpan(start, end - start), anchor);
                start = searchFrom = end + 1;
            }
            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
            if (filled == buffer.Length)
                buffer = Grow(buffer);
        }
        Tail = buffer[..filled];
    }

    private void Accept(ReadOnlySpan<byte> line, HeadAnchor? anchor)
    {
        var number = Replay.Lines + 1;
        var entry = JournalLine.Parse(_path, number, Replay.Head, line);
        var hash = JournalLine.Hash(line);
        if (anchor?.Seq == number && anchor.Hash != hash)
            throw new JournalDamagedException(_path, number, $"a line with SHA-256 {anchor.Hash} ({HeadAnchor.FileName})", $"SHA-256 {hash}");
        try
        {
            Replay.Apply(entry, hash);
        }
        catch (FormatException error)
        {
            throw new JournalDamagedException(_path, number, $"the data of {entry.Kind}", error.Message);
        }
        CompleteBytes += line.Length + 1;
    }

    private byte[] Grow(byte[] buffer)
    {
        if (buffer.Length >= JournalLine.MaxBytes)
            throw new JournalDamagedException(_path, Replay.Lines + 1, $"a line of at most {JournalLine.MaxBytes} bytes", "a longer one");
        Array.Resize(ref buffer, buffer.Length * 2);
        return buffer;
    }
}
