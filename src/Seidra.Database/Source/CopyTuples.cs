using System.Buffers.Binary;

namespace Seidra.Database;

/// <summary>
/// Cuts PostgreSQL's binary COPY stream into tuples ("Binary Format" of the COPY page: 11 bytes of signature, flags, extension;
/// per tuple an int16 count and per field an int32 length, -1 for NULL, and its bytes; -1 for a count ends it).
/// </summary>
internal sealed class CopyTuples(Stream stream)
{
    private const int BufferBytes = 256 * 1024;
    private const int SignatureBytes = 11;
    private byte[] _buffer = new byte[BufferBytes];
    private int[] _starts = new int[32];
    private int[] _lengths = new int[32];
    private int _tuple;
    private int _next;
    private int _end;
    private bool _begun;

    /// <summary>The fields of the tuple at hand.</summary>
    public int Count { get; private set; }

    /// <summary>The whole tuple, its count included.</summary>
    public ReadOnlySpan<byte> Tuple => _buffer.AsSpan(_tuple, _next - _tuple);

    /// <summary>Goes to the next tuple; false behind the last one.</summary>
    public bool Next()
    {
        if (!_begun)
            Begin();
        _tuple = _next;
        var count = BinaryPrimitives.ReadInt16BigEndian(Take(sizeof(short)));
        if (count < 0)
        {
            // The server has more to say than the trailer; the connection is free only behind it.
            while (stream.Read(_buffer, 0, _buffer.Length) > 0)
            {
            }

            return false;
        }

        if (count > _starts.Length)
            (_starts, _lengths) = (new int[count], new int[count]);
        for (var field = 0; field < count; field++)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int)));
            _starts[field] = _next - _tuple;
            _lengths[field] = length;
            if (length > 0)
                Take(length);
        }

        Count = count;
        return true;
    }

    public bool IsNull(int field) => _lengths[field] < 0;

    /// <summary>A field's bytes; empty for NULL.</summary>
    public ReadOnlySpan<byte> Field(int field) => _buffer.AsSpan(_tuple + _starts[field], Math.Max(0, _lengths[field]));

    private void Begin()
    {
        Take(SignatureBytes + sizeof(int));
        Take(BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int))));
        _begun = true;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_end - _next < count)
            Fill(count);
        _next += count;
        return _buffer.AsSpan(_next - count, count);
    }

    private void Fill(int count)
    {
        var kept = _end - _tuple;
        var needed = _next - _tuple + count;
        if (needed > _buffer.Length)
        {
            var larger = new byte[Math.Max(needed, _buffer.Length * 2)];
            _buffer.AsSpan(_tuple, kept).CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(_tuple, kept).CopyTo(_buffer);
        }

        (_next, _end, _tuple) = (_next - _tuple, kept, 0);
        while (_end < needed)
        {
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
                throw new EndOfStreamException("Expected another tuple of a binary COPY, found the end of the stream.");
            _end += read;
        }
    }
}
