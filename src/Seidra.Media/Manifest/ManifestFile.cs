using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Seidra.Media;

/// <summary>Writes a manifest's lines and hashes them. What is written reaches the operating system in blocks, or at once
/// where lines come slowly.</summary>
internal sealed class ManifestFile : IDisposable
{
    private const int BlockBytes = 64 * 1024;
    private const long FlushEveryMs = 50;

    private readonly FileStream file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> block = new(BlockBytes + 4096);
    private readonly Utf8JsonWriter json;
    private long flushedAt = Environment.TickCount64;

    public ManifestFile(string path)
    {
        file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 0);
        json = ManifestLine.CreateWriter(block);
    }

    public void Write(ManifestEntry entry)
    {
        ManifestLine.Write(json, entry);
        json.Flush();
        json.Reset();
        block.Write("\n"u8);
        if (block.WrittenCount >= BlockBytes || Environment.TickCount64 - flushedAt >= FlushEveryMs)
        {
            Flush();
        }
    }

    /// <summary>Writes the rest and gives SHA-256 of the whole file, lower-case hex.</summary>
    public string Finish()
    {
        Flush();
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    public void Dispose()
    {
        json.Dispose();
        hash.Dispose();
        file.Dispose();
    }

    private void Flush()
    {
        file.Write(block.WrittenSpan);
        hash.AppendData(block.WrittenSpan);
        block.ResetWrittenCount();
        flushedAt = Environment.TickCount64;
    }
}
