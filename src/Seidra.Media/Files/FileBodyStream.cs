using Microsoft.Win32.SafeHandles;

namespace Seidra.Media;

/// <summary>A file's bytes; at the end it fails where the file changed since it was opened.</summary>
internal sealed class FileBodyStream(SafeFileHandle file, StoredObject opened) : ReadOnlyStream
{
    private long position;

    public static async Task<ObjectContent> OpenAsync(
        string key, SafeFileHandle file, ObjectMetadata metadata, CancellationToken ct)
    {
        try
        {
            await FileMark.SettleAsync(FileMark.Describe(key, file).ModifiedAt!.Value, ct);
            var opened = FileMark.Describe(key, file);
            return new ObjectContent(opened, metadata, new FileBodyStream(file, opened));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = RandomAccess.Read(file, buffer, position);
        }
        catch (Exception error) when (FileErrors.IsForeign(error))
        {
            throw new MediaObjectException(opened.Key, ObjectFailure.Refused, $"{opened.Key} cannot be read: {error.Message}", error);
        }

        position += read;
        return read > 0 || buffer.IsEmpty || (position == opened.SizeBytes && FileMark.Describe(opened.Key, file) == opened)
            ? read
            : throw new MediaObjectException(opened.Key, ObjectFailure.Changed, $"{opened.Key} changed while it was read.");
    }

    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        base.Dispose(disposing);
    }
}
