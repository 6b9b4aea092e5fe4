using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Seidra.Database;

/// <summary>
/// A file in zstd (RFC 8878), in frames of 2 MiB of content, each behind a skippable frame that tells its length: the layout
/// that pzstd writes and every zstd program reads. So one large file is packed and unpacked on all cores, in bounded memory.
/// </summary>
internal static class ZstdFile
{
    /// <summary>What a packed file's name ends with.</summary>
    public const string Extension = ".zst";

    private const int ContentBytes = 2 << 20;

    /// <summary>A level up halves the speed for a tenth of the size; the backup's time is what Classic feels.</summary>
    private const int Level = 1;

    private const uint SkippableMagic = 0x184D2A50;
    private const int HeadBytes = 12;

    private static readonly int s_parallel = Math.Max(2, Environment.ProcessorCount);

    /// <summary>Packs a file into a new one.</summary>
    /// <returns>Bytes of content.</returns>
    public static async Task<long> PackAsync(string source, string target, CancellationToken cancel)
    {
        using var input = File.OpenHandle(source, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.Asynchronous | FileOptions.SequentialScan);
        using var output = File.OpenHandle(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);
        using var compressors = new Pool<Compressor>(NewCompressor);
        var flight = new Queue<Task<Block>>();
        long position = 0, written = 0;
        async Task WriteFirstAsync()
        {
            var frame = await flight.Dequeue();
            await RandomAccess.WriteAsync(output, frame.Memory, written, cancel);
            written += frame.Length;
            frame.Return();
        }

        try
        {
            while (true)
            {
                var content = await ReadAsync(input, position, ContentBytes, cancel);
                if (content.Length == 0)
                    break;
                position += content.Length;
                flight.Enqueue(Task.Run(() => Pack(compressors, content), cancel));
                if (flight.Count > s_parallel)
                    await WriteFirstAsync();
            }

            while (flight.Count > 0)
                await WriteFirstAsync();
            return position;
        }
        finally
        {
            await ((Task)Task.WhenAll(flight)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Unpacks a file into a new one.</summary>
    /// <exception cref="DatabaseException">The file is not what <see cref="PackAsync"/> wrote.</exception>
    public static async Task UnpackAsync(string source, string target, CancellationToken cancel)
    {
        using var input = File.OpenHandle(source, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.Asynchronous | FileOptions.SequentialScan);
        using var output = File.OpenHandle(target, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.Asynchronous);
        using var decompressors = new Pool<Decompressor>(() => new Decompressor());
        var flight = new Queue<Task>();
        long position = 0, written = 0, end = RandomAccess.GetLength(input);
        try
        {
            while (position < end)
            {
                var frame = await ReadFrameAsync(input, source, position, cancel);
                position += HeadBytes + frame.Length;
                var content = Length(frame, source);
                var at = written;
                written += content;
                flight.Enqueue(Task.Run(() => Unpack(decompressors, frame, content, output, at, source), cancel));
                if (flight.Count > s_parallel)
                    await flight.Dequeue();
            }

            while (flight.Count > 0)
                await flight.Dequeue();
        }
        finally
        {
            await ((Task)Task.WhenAll(flight)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Block Pack(Pool<Compressor> compressors, Block content)
    {
        var frame = Block.Rent(HeadBytes + Compressor.GetCompressBound(content.Length));
        var length = compressors.Use(compressor => compressor.Wrap(content.Memory.Span, frame.Memory.Span[HeadBytes..]));
        content.Return();
        var head = frame.Memory.Span;
        BinaryPrimitives.WriteUInt32LittleEndian(head, SkippableMagic);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], HeadBytes - 8);
        BinaryPrimitives.WriteInt32LittleEndian(head[8..], length);
        return frame with { Length = HeadBytes + length };
    }

    private static void Unpack(Pool<Decompressor> decompressors, Block frame, int length, SafeFileHandle output, long at, string source)
    {
        var content = Block.Rent(length);
        try
        {
            var found = decompressors.Use(decompressor => decompressor.Unwrap(frame.Memory.Span, content.Memory.Span));
            if (found != length)
                throw Damaged(source, null);
            RandomAccess.Write(output, content.Memory.Span, at);
        }
        catch (ZstdException error)
        {
            throw Damaged(source, error);
        }
        finally
        {
            frame.Return();
            content.Return();
        }
    }

    private static async Task<Block> ReadFrameAsync(SafeFileHandle input, string source, long position, CancellationToken cancel)
    {
        var head = new byte[HeadBytes];
        if (await RandomAccess.ReadAsync(input, head, position, cancel) != HeadBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(head) != SkippableMagic
            || BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(4)) != HeadBytes - 8)
            throw Damaged(source, null);
        var length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(8));
        if (length <= 0 || length > Compressor.GetCompressBound(ContentBytes))
            throw Damaged(source, null);
        var frame = await ReadAsync(input, position + HeadBytes, length, cancel);
        return frame.Length == length ? frame : throw Damaged(source, null);
    }

    private static int Length(Block frame, string source)
    {
        var length = Decompressor.GetDecompressedSize(frame.Memory.Span);
        return length is > 0 and <= ContentBytes ? (int)length : throw Damaged(source, null);
    }

    /// <summary>As many bytes as asked for; fewer only at the end of the file.</summary>
    private static async Task<Block> ReadAsync(SafeFileHandle input, long position, int length, CancellationToken cancel)
    {
        var block = Block.Rent(length);
        var have = 0;
        while (have < length && await RandomAccess.ReadAsync(input, block.Memory[have..], position + have, cancel) is var read and > 0)
            have += read;
        return block with { Length = have };
    }

    private static Compressor NewCompressor()
    {
        var compressor = new Compressor(Level);
        compressor.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return compressor;
    }

    private static DatabaseException Damaged(string source, Exception? error) =>
        new($"Expected {source} to be a file that this program packed by zstd, found it cut short or damaged. Make the backup again: --target=BackupDatabase.", error);

    /// <summary>The used part of a rented buffer.</summary>
    private readonly record struct Block(byte[] Buffer, int Length)
    {
        public Memory<byte> Memory => Buffer.AsMemory(0, Length);

        public static Block Rent(int length) => new(ArrayPool<byte>.Shared.Rent(length), length);

        public void Return() => ArrayPool<byte>.Shared.Return(Buffer);
    }

    /// <summary>The engine's working memory is large: one each for as many frames as are in work at once.</summary>
    private sealed class Pool<T>(Func<T> make) : IDisposable
        where T : IDisposable
    {
        private readonly ConcurrentBag<T> _free = [];

        public int Use(Func<T, int> work)
        {
            var one = _free.TryTake(out var free) ? free : make();
            try
            {
                return work(one);
            }
            finally
            {
                _free.Add(one);
            }
        }

        public void Dispose()
        {
            foreach (var one in _free)
                one.Dispose();
        }
    }
}
