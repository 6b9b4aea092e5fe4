using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Hashing;

namespace Seidra.Media;

/// <summary>Writes files so that a name never shows anything but a whole and proven content.</summary>
internal sealed class FileWriter(string root, string temporaryFolder, FileSidecar sidecar)
{
    private const int BlockBytes = 128 * 1024;

    private static readonly string RunId = $"{Environment.ProcessId}-{Guid.NewGuid():N}";

    private readonly ConcurrentQueue<string> unflushed = new();
    private int counter;

    /// <summary>Makes the folder for temporary files and removes what killed runs left in it.</summary>
    public void Prepare()
    {
        Directory.CreateDirectory(temporaryFolder);
        foreach (var file in Directory.EnumerateFiles(temporaryFolder))
        {
            if (!Path.GetFileName(file).StartsWith(RunId, StringComparison.Ordinal) && !OwnerLives(file))
            {
                File.Delete(file);
            }
        }
    }

    public async Task<StoredObject> WriteAsync(
        string key, string path, Stream content, long length, ObjectMetadata metadata, CancellationToken ct)
    {
        var temporary = Path.Combine(temporaryFolder, $"{RunId}-{Interlocked.Increment(ref counter)}");
        try
        {
            var stored = await WriteTemporaryAsync(key, temporary, content, length, ct);
            if (sidecar.Write(key, metadata, temporary + ".json") is { } kept)
            {
                unflushed.Enqueue(kept);
            }

            File.Move(temporary, path, overwrite: true);
            unflushed.Enqueue(path);
            return stored;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Makes durable what was written since the last call, or everything, whoever wrote it.</summary>
    public void Flush(bool everything)
    {
        var files = new List<string>();
        while (unflushed.TryDequeue(out var file))
        {
            files.Add(file);
        }

        if (FileBarrier.HasBarrier && (everything || files.Count > FileBarrier.FewFiles))
        {
            FileBarrier.FlushAll(root);
        }
        else
        {
            FileBarrier.Flush(files);
        }
    }

    private static async Task<StoredObject> WriteTemporaryAsync(
        string key, string temporary, Stream content, long length, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(BlockBytes, Math.Max(length, 1)));
        try
        {
            // Room reserved at once costs a quarter less than room found while writing, and a full disk shows here.
            using var file = File.OpenHandle(
                temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None, FileOptions.None, length);
            var written = 0L;
            var sent = new XxHash128();
            for (int read; (read = await content.ReadAsync(buffer, ct)) > 0; written += read)
            {
                sent.Append(buffer.AsSpan(0, read));
                RandomAccess.Write(file, buffer.AsSpan(0, read), written);
            }

            if (written != length)
            {
                throw new MediaObjectException(
                    key, ObjectFailure.Changed, $"{key}: expected {length} bytes, the source gave {written}.");
            }

            var kept = new XxHash128();
            var at = 0L;
            for (int read; (read = RandomAccess.Read(file, buffer, at)) > 0; at += read)
            {
                kept.Append(buffer.AsSpan(0, read));
            }

            return at == length && kept.GetCurrentHashAsUInt128() == sent.GetCurrentHashAsUInt128()
                ? FileMark.Describe(key, file) with { Proven = true }
                : throw new MediaObjectException(
                    key, ObjectFailure.Transient, $"{key}: what was read back from {temporary} is not what was written.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool OwnerLives(string file)
    {
        var digits = Path.GetFileName(file).Split('-')[0];
        if (!int.TryParse(digits, out var pid) || pid == Environment.ProcessId)
        {
            return false;
        }

        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
