namespace Seidra.Database;

/// <summary>What stands around the tuples of PostgreSQL's binary COPY (manual, COPY, "Binary Format").</summary>
internal static class CopyFrame
{
    /// <summary>Signature, no flags, no extension.</summary>
    public static ReadOnlyMemory<byte> Header { get; } = new byte[] { 0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0 };

    /// <summary>A field count of -1.</summary>
    public static ReadOnlyMemory<byte> Trailer { get; } = new byte[] { 0xFF, 0xFF };
}
