namespace Seidra.Media;

/// <summary>Reads a file's lines as bytes, in bounded memory.</summary>
internal sealed class LineReader(Stream stream) : IDisposable
{
    private byte[] buffer = new byte[64 * 1024];
    private int start;
    private int end;

    /// <summary>Where the last whole line ended, in bytes from the start of the file.</summary>
    public long Position { get; private set; }

    /// <summary>Lines read so far.</summary>
    public long Lines { get; private set; }

    /// <summary>Gives the next line without its line feed, valid until the next call. A last line without line feed is
    /// torn: it is not given, and <see cref="Torn"/> says so.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var at = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                line = buffer.AsSpan(start, searched + at);
                start += searched + at + 1;
                Position += line.Length + 1;
                Lines++;
                return true;
            }

            searched = end - start;
            if (!Fill())
            {
                Torn = searched > 0;
                line = default;
                return false;
            }
        }
    }

    /// <summary>The file ends within a line, as a killed writer leaves it.</summary>
    public bool Torn { get; private set; }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private bool Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var read = stream.Read(buffer, end, buffer.Length - end);
        end += read;
        return read > 0;
    }
}
