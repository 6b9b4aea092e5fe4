using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Seidra.Database;

/// <summary>How a SQLite file keeps its text.</summary>
internal sealed class SqliteEncoding
{
    private readonly bool _bigEndian;
    private ushort[] _units = [];

    /// <param name="name">As <c>PRAGMA encoding</c> tells it.</param>
    public SqliteEncoding(string name)
    {
        IsUtf8 = !name.StartsWith("UTF-16", StringComparison.Ordinal);
        _bigEndian = name == "UTF-16be";
        Strict = IsUtf8 ? new UTF8Encoding(false, throwOnInvalidBytes: true) : new UnicodeEncoding(_bigEndian, byteOrderMark: false, throwOnInvalidBytes: true);
    }

    public bool IsUtf8 { get; }

    /// <summary>Throws at bytes that are no text.</summary>
    public Encoding Strict { get; }

    /// <summary>Writes UTF-16 text as UTF-8; false where it is no text.</summary>
    public bool TryToUtf8(ReadOnlySpan<byte> stored, Span<byte> into, out int written)
    {
        written = 0;
        if (stored.Length % 2 != 0)
            return false;
        // The engine's buffer need not be aligned, and half of the files are of the other order.
        var count = stored.Length / 2;
        if (_units.Length < count)
            _units = new ushort[count * 2];
        var units = _units.AsSpan(0, count);
        stored.CopyTo(MemoryMarshal.AsBytes(units));
        if (_bigEndian == BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(units, units);
        return Utf8.FromUtf16(MemoryMarshal.Cast<ushort, char>(units), into, out _, out written, replaceInvalidSequences: false) == OperationStatus.Done;
    }
}
