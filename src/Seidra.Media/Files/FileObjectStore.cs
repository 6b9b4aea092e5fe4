using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Seidra.Media;

/// <summary>A directory as an object store: each key a file, metadata in a hidden folder of its own. Writes are atomic
/// (temporary file, read back, rename); symbolic links and keys that lead elsewhere are refused.</summary>
public sealed class FileObjectStore : IObjectStore
{
    private readonly string root;
    private readonly FileWriter writer;
    private readonly FileSidecar sidecar;
    private readonly ConcurrentDictionary<string, bool> checkedFolders = new(StringComparer.Ordinal);

    /// <summary>Uses the directory; <see cref="EnsureReadyAsync"/> creates it.</summary>
    /// <param name="directory">An absolute path. The directory itself may be a link, nothing below it may.</param>
    public FileObjectStore(string directory)
    {
        root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        var privateFolder = Path.Combine(root, FileKeys.Private);
        sidecar = new FileSidecar(privateFolder);
        writer = new FileWriter(root, Path.Combine(privateFolder, "tmp"), sidecar);
    }

    /// <inheritdoc/>
    public string Display => $"directory {root}";

    /// <inheritdoc/>
    public long? FreeBytes => FreeSpace.Of(root);

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredObject> ListAsync(
        string? prefix = null, [EnumeratorCancellation] CancellationToken ct = default)
    {
        using var objects = FileTree.List(root, prefix ?? "").GetEnumerator();
        for (var count = 1; Next(objects); count++)
        {
            if (count % 4096 == 0)
            {
                await Task.Yield();
                ct.ThrowIfCancellationRequested();
            }

            yield return objects.Current;
        }
    }

    /// <inheritdoc/>
    public Task<StoredObject?> HeadAsync(string key, CancellationToken ct = default)
    {
        try
        {
            var file = new FileInfo(PathOf(key));
            var found = file.Exists && (file.Attributes & FileAttributes.ReparsePoint) == 0;
            var modifiedAt = new DateTimeOffset(file.LastWriteTimeUtc);
            return Task.FromResult(
                found ? new StoredObject(key, file.Length, FileMark.Of(modifiedAt, file.Length), modifiedAt) : null);
        }
        catch (Exception error) when (FileErrors.IsForeign(error))
        {
            return Task.FromException<StoredObject?>(FileErrors.OnRead(key, root, error));
        }
    }

    /// <inheritdoc/>
    public async Task<ObjectContent> OpenReadAsync(string key, CancellationToken ct = default)
    {
        var path = PathOf(key);
        try
        {
            RefuseLink(key, path);
            checkedFolders.TryAdd(Path.GetDirectoryName(path)!, true);
            return await FileBodyStream.OpenAsync(key, PlainFile.OpenRead(path), sidecar.Read(key), ct);
        }
        catch (Exception error) when (FileErrors.IsForeign(error))
        {
            throw FileErrors.OnRead(key, root, error);
        }
    }

    /// <inheritdoc/>
    public async Task<StoredObject> PutAsync(
        string key, Stream content, long length, ObjectMetadata metadata, CancellationToken ct = default)
    {
        var path = PathOf(key);
        try
        {
            MakeFolder(key, Path.GetDirectoryName(path)!);
            return await writer.WriteAsync(key, path, content, length, metadata, ct);
        }
        catch (Exception error) when (FileErrors.IsForeign(error))
        {
            throw FileErrors.OnWrite(key, root, path, error);
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(string key, CancellationToken ct = default)
    {
        var path = PathOf(key);
        try
        {
            File.Delete(path);
            sidecar.Delete(key);
        }
        catch (DirectoryNotFoundException)
        {
            // Then there is no such object either.
        }
        catch (Exception error) when (FileErrors.IsForeign(error))
        {
            throw FileErrors.OnWrite(key, root, path, error);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task EnsureReadyAsync(CancellationToken ct = default)
    {
        try
        {
            Directory.CreateDirectory(root);
            writer.Prepare();
            return Task.CompletedTask;
        }
        catch (Exception error) when (FileErrors.IsForeign(error))
        {
            throw new MediaException($"The media directory {root} cannot be used: {error.Message} Create it, or give the user that runs this the right to write there.", error);
        }
    }

    /// <inheritdoc/>
    public Task FlushAsync(bool everything = false, CancellationToken ct = default)
    {
        try
        {
            writer.Flush(everything);
            return Task.CompletedTask;
        }
        catch (Exception error) when (FileErrors.IsForeign(error))
        {
            throw new MediaException($"What was written to {root} cannot be made durable: {error.Message} Check the disk, then run again.", error);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string PathOf(string key) => Path.Combine(root, FileKeys.ToRelativePath(key));

    private bool Next(IEnumerator<StoredObject> objects)
    {
        try
        {
            return objects.MoveNext();
        }
        catch (Exception error) when (FileErrors.IsForeign(error))
        {
            throw new MediaException($"The media directory {root} cannot be listed: {error.Message} Check the path and the rights of the user that runs this.", error);
        }
    }

    private void MakeFolder(string key, string folder)
    {
        if (!checkedFolders.ContainsKey(folder))
        {
            RefuseLink(key, folder);
            Directory.CreateDirectory(folder);
            checkedFolders.TryAdd(folder, true);
        }
    }

    // From the root down to the path nothing may be a link: it could lead anywhere.
    private void RefuseLink(string key, string path)
    {
        for (var at = path; at.Length > root.Length; at = Path.GetDirectoryName(at)!)
        {
            if (checkedFolders.ContainsKey(at))
            {
                return;
            }

            if (new FileInfo(at).LinkTarget is not null)
            {
                throw new MediaObjectException(
                    key, ObjectFailure.Refused, $"{at} is a symbolic link; links are not followed. Put the file or folder itself there.");
            }
        }
    }
}
