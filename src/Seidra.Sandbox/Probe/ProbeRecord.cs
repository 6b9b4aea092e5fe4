using System.Globalization;
using System.Text;

namespace Seidra.Sandbox.Probe;

/// <summary>
/// The probe's own record of acknowledged writes: one line per write, <c>token unix-milliseconds</c>. A line is with the
/// operating system before its write is counted, so a killed probe has counted nothing that is not recorded.
/// </summary>
internal sealed class ProbeRecord : IDisposable
{
    private readonly FileStream file;
    private readonly Lock sync = new();

    /// <summary>Opens the record to go on with it. A torn last line (the machine died) is no acknowledgement and is cut off.</summary>
    public ProbeRecord(string path)
    {
        var kept = Tokens(path);
        file = new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0 });
        file.SetLength(kept.Length);
        file.Seek(0, SeekOrigin.End);
        Count = kept.Tokens.Count;
    }

    /// <summary>Acknowledged writes in the record.</summary>
    public long Count { get; private set; }

    /// <summary>The tokens of all whole lines, in order of acknowledgement; none where there is no record.</summary>
    public static IReadOnlyList<string> Read(string path) => Tokens(path).Tokens;

    /// <summary>Records a write that was acknowledged just now.</summary>
    public void Append(string token)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{token} {DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}\n");
        lock (sync)
        {
            file.Write(Encoding.ASCII.GetBytes(line));
            Count++;
        }
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();

    private static (IReadOnlyList<string> Tokens, long Length) Tokens(string path)
    {
        if (!File.Exists(path))
            return ([], 0);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.ASCII);
        var text = reader.ReadToEnd();
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        return ([.. whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0])], whole.Length);
    }
}
