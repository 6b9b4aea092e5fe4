using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Seidra.Database;

/// <summary>
/// The calls that are made for every value, without the cost of a safe handle and of a change of the garbage collector's mode:
/// each returns at once and never waits. The library is the one that SQLitePCL has loaded.
/// </summary>
internal static partial class SqliteNative
{
    private const string Library = "e_sqlite3";

    /// <summary>A value of the row at hand, not locked against other threads: the statement belongs to one thread.</summary>
    [LibraryImport(Library, EntryPoint = "sqlite3_column_value")]
    [SuppressGCTransition]
    public static partial nint ColumnValue(nint statement, int column);

    [LibraryImport(Library, EntryPoint = "sqlite3_value_type")]
    [SuppressGCTransition]
    public static partial int ValueType(nint value);

    [LibraryImport(Library, EntryPoint = "sqlite3_value_int64")]
    [SuppressGCTransition]
    public static partial long ValueInt64(nint value);

    [LibraryImport(Library, EntryPoint = "sqlite3_value_double")]
    [SuppressGCTransition]
    public static partial double ValueDouble(nint value);

    /// <summary>Text and blobs as they are stored, in the file's own encoding.</summary>
    public static ReadOnlySpan<byte> Bytes(nint value)
    {
        // The order matters: asking for the length first would make SQLite convert text of a UTF-16 file.
        var bytes = ValueBlob(value);
        return bytes == 0 ? [] : MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<byte>(), bytes), ValueBytes(value));
    }

    /// <summary>The text's length in a UTF-16 file.</summary>
    public static ReadOnlySpan<byte> Utf16Bytes(nint value)
    {
        var bytes = ValueBlob(value);
        return bytes == 0 ? [] : MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<byte>(), bytes), ValueBytes16(value));
    }

    /// <summary>The pointer behind a statement, good as long as the statement is.</summary>
    public static nint Pointer(sqlite3_stmt statement) => statement.DangerousGetHandle();

    [LibraryImport(Library, EntryPoint = "sqlite3_value_blob")]
    [SuppressGCTransition]
    private static partial nint ValueBlob(nint value);

    [LibraryImport(Library, EntryPoint = "sqlite3_value_bytes")]
    [SuppressGCTransition]
    private static partial int ValueBytes(nint value);

    [LibraryImport(Library, EntryPoint = "sqlite3_value_bytes16")]
    [SuppressGCTransition]
    private static partial int ValueBytes16(nint value);
}
