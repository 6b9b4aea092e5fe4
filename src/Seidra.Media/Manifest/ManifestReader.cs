using System.Text.Json;

namespace Seidra.Media;

/// <summary>Reads a manifest entry by entry and holds it to its order.</summary>
/// <param name="path">The file.</param>
/// <param name="allowTorn">The file may end within a line, as a killed writer leaves it; that line is left out.</param>
internal sealed class ManifestReader(string path, bool allowTorn = false) : IDisposable
{
    private readonly LineReader lines = new(Open(path));
    private string? last;

    public bool TryRead(out ManifestEntry entry)
    {
        if (!lines.TryRead(out var line))
        {
            entry = null!;
            return lines.Torn && !allowTorn ? throw Damaged("the last line is cut off") : false;
        }

        try
        {
            entry = ManifestLine.Parse(line);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            throw Damaged(error.Message);
        }

        if (last is not null && KeyOrder.Instance.Compare(last, entry.Key) >= 0)
        {
            throw Damaged($"key {entry.Key} follows {last}; keys must rise");
        }

        last = entry.Key;
        return true;
    }

    public void Dispose() => lines.Dispose();

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"Expected a media manifest at {path}; {error.Message} Run the media sync again.", error);
        }
    }

    private MediaException Damaged(string found) => new(
        $"Expected a whole media manifest; {path} is damaged in line {Math.Max(lines.Lines, 1)}: {found}. "
        + "Move the file away and run the media sync again; it then copies everything anew.");
}
