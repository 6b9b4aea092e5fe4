using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Seidra.Media;

/// <summary>Gives every object key a file name of its own, for a directory in which all files lie side by side. Names are
/// kept in a ledger that only grows, so that a key has the same name in every pass. Thread-safe.</summary>
/// <remarks>The first key to ask gets its plain base name; later ones, and names that a file system or URL would trip
/// over, get <c>stem-8 hex digits of SHA-256(key).ext</c>. Names that differ only in case count as equal.</remarks>
public sealed class FlatNames : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> keys = new(StringComparer.OrdinalIgnoreCase);
    private readonly SafeFileHandle ledger;
    private long length;
    private bool dirty;

    private FlatNames(SafeFileHandle ledger) => this.ledger = ledger;

    /// <summary>How many keys have a name.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return names.Count;
            }
        }
    }

    /// <summary>Opens the ledger, creating it where missing; a last line cut off by a kill is dropped.</summary>
    /// <exception cref="MediaException">The file cannot be used or is damaged.</exception>
    public static FlatNames Open(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var result = new FlatNames(
                File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite));
            result.Load(path);
            return result;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"The ledger of flat names {path} cannot be used: {error.Message}", error);
        }
    }

    /// <summary>The key's name, chosen and recorded at the first call.</summary>
    public string NameFor(string key)
    {
        lock (gate)
        {
            if (names.TryGetValue(key, out var name))
            {
                return name;
            }

            name = FlatName.Candidates(key).First(candidate => keys.TryAdd(candidate, key));
            names.Add(key, name);
            Append(key, name);
            return name;
        }
    }

    /// <summary>The name that the key already has.</summary>
    public bool TryGet(string key, out string name)
    {
        lock (gate)
        {
            return names.TryGetValue(key, out name!);
        }
    }

    /// <summary>The key that has the name.</summary>
    public bool TryGetKey(string name, out string key)
    {
        lock (gate)
        {
            return keys.TryGetValue(name, out key!);
        }
    }

    /// <summary>Returns once every name given so far survives a power cut.</summary>
    public void Flush()
    {
        lock (gate)
        {
            if (dirty)
            {
                RandomAccess.FlushToDisk(ledger);
                dirty = false;
            }
        }
    }

    /// <summary>Flushes and closes the ledger.</summary>
    public void Dispose()
    {
        if (!ledger.IsClosed)
        {
            Flush();
            ledger.Dispose();
        }
    }

    private void Append(string key, string name)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes([key, name], FlatNamesJson.Default.StringArray);
        // Each name reaches the operating system at once: a killed process forgets none that a row may already hold.
        RandomAccess.Write(ledger, [.. line, (byte)'\n'], length);
        length += line.Length + 1;
        dirty = true;
    }

    private void Load(string path)
    {
        using var lines = new LineReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1));
        while (lines.TryRead(out var line))
        {
            string[]? pair;
            try
            {
                pair = JsonSerializer.Deserialize(line, FlatNamesJson.Default.StringArray);
            }
            catch (JsonException)
            {
                pair = null;
            }

            if (pair is not [not null, not null] || !names.TryAdd(pair[0], pair[1]) || !keys.TryAdd(pair[1], pair[0]))
            {
                throw new MediaException(
                    $"Expected [key, name] with each key and name once; line {lines.Lines} of {path} is something else. "
                    + "Restore the file: rows of the migrated database hold the names in it.");
            }
        }

        length = lines.Position;
        RandomAccess.SetLength(ledger, length);
    }
}
