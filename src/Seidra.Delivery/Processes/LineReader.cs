using System.Text;
using System.Text.RegularExpressions;

namespace Seidra.Delivery;

/// <summary>
/// Cuts a stream of bytes into lines that are fit for a log: no escapes, no half-redrawn progress lines, no line without
/// end in memory.
/// </summary>
internal sealed partial class LineReader(Redactor redactor, Action<string> line)
{
    private const int MaxCharacters = 32 * 1024;
    private readonly StringBuilder _current = new();
    private readonly Decoder _decoder = new UTF8Encoding(false).GetDecoder();
    private bool _cut;
    private bool _carriageReturn;

    /// <summary>Reads to the end of the stream, or until cancelled (then returns as well).</summary>
    public async Task ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var bytes = new byte[8192];
        var characters = new char[8193];
        try
        {
            int read;
            // WaitAsync: a read of a pipe that nobody writes to cannot be cancelled on every platform.
            while ((read = await stream.ReadAsync(bytes, cancellation).AsTask().WaitAsync(cancellation)) > 0)
            {
                Add(characters.AsSpan(0, _decoder.GetChars(bytes, 0, read, characters, 0)));
            }
        }
        catch (OperationCanceledException)
        {
            // What was read so far is still worth showing.
        }

        if (_current.Length > 0) End();
    }

    private void Add(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (character == '\n')
            {
                End();
                continue;
            }

            // A lone carriage return redraws the line: only the last drawing counts.
            if (_carriageReturn) _current.Clear();
            _carriageReturn = character == '\r';
            if (_carriageReturn) continue;
            if (_current.Length < MaxCharacters) _current.Append(character);
            else _cut = true;
        }
    }

    private void End()
    {
        var text = redactor.Redact(Escapes().Replace(_current.ToString(), ""));
        // The cut may have gone through a secret: its first part would be shown.
        if (_cut) text = text[..^Math.Min(text.Length, redactor.LongestSecret)] + " ... (line cut)";
        _current.Clear();
        (_cut, _carriageReturn) = (false, false);
        line(text);
    }

    // ECMA-48 control sequences, operating system commands, and other control characters except tab.
    [GeneratedRegex(@"\x1B\[[0-?]*[ -/]*[@-~]|\x1B\][^\x07\x1B]*(?:\x07|\x1B\\)|\x1B[@-Z\\-_]|[\x00-\x08\x0B-\x1F\x7F]", RegexOptions.CultureInvariant)]
    private static partial Regex Escapes();
}
