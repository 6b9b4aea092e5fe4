using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Seidra.Database;

/// <summary>What comes next in an object or a list.</summary>
internal enum JsonPart : byte
{
    /// <summary>Another part.</summary>
    Another,

    /// <summary>Its end.</summary>
    Closed,

    /// <summary>Something that is no JSON.</summary>
    Broken,
}

/// <summary>
/// Copies JSON text without the spaces between its parts, strings escaped as <see cref="JsonText.Write"/> escapes them and numbers
/// as they are written: byte for byte what parsing and writing again would give. Accepts RFC 8259 and nothing else; every
/// method gives false at what is not so, and what was appended is then worth nothing.
/// </summary>
internal ref struct JsonCopier
{
    /// <summary>Deeper or longer JSON takes the converter's way.</summary>
    private const int MaxDepth = 64;
    private const int MaxBytes = 1 << 20;

    // A character of one byte may become six.
    private const int MostPerByte = 6;
    private const int Spare = 16;
    private static readonly JavaScriptEncoder _encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    private static readonly SearchValues<byte> _plain =
        SearchValues.Create([.. Enumerable.Range(0x20, 0x7F - 0x20).Select(unit => (byte)unit).Where(unit => unit != (byte)'"' && unit != (byte)'\\')]);

    private readonly ReadOnlySpan<byte> _source;
    private readonly FieldBuffer _into;
    private readonly JsonScratch _scratch;
    private Span<byte> _room;
    private int _at;

    /// <param name="source">The text.</param>
    /// <param name="into">Takes the copy when <see cref="Finish"/> is called.</param>
    /// <param name="scratch">Room for strings that hold escapes.</param>
    public JsonCopier(ReadOnlySpan<byte> source, FieldBuffer into, JsonScratch scratch)
    {
        _source = source;
        _into = into;
        _scratch = scratch;
        _room = source.Length > MaxBytes ? default : into.Room((source.Length * MostPerByte) + Spare);
        IsUsable = source.Length <= MaxBytes && Utf8.IsValid(source);
    }

    /// <summary>Bytes copied so far.</summary>
    public int Written { get; private set; }

    /// <summary>Whether it is worth to begin.</summary>
    public bool IsUsable { get; }

    /// <summary>The next byte that is no space; 0 at the end.</summary>
    public byte Peek()
    {
        while (_at < _source.Length)
        {
            var unit = _source[_at];
            if (unit is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
                return unit;
            _at++;
        }

        return 0;
    }

    /// <summary>Takes a byte where it is the next one.</summary>
    public bool Take(char expected)
    {
        if (Peek() != expected)
            return false;
        _at++;
        return true;
    }

    /// <summary>Copies the beginning of an object or a list.</summary>
    public bool Begin(char open)
    {
        if (!Take(open))
            return false;
        Put(open);
        return true;
    }

    /// <summary>Goes to the next part of an object or a list, and copies what stands before it.</summary>
    /// <param name="close">What ends it.</param>
    /// <param name="first">Whether no part was read so far.</param>
    public JsonPart Next(char close, bool first)
    {
        var open = close == '}' ? '{' : '[';
        if (Take(close))
        {
            Put(close);
            return JsonPart.Closed;
        }

        if (first)
            return JsonPart.Another;
        if (!Take(','))
            return JsonPart.Broken;
        // What stood before may have been left out.
        if (_room[Written - 1] != open)
            Put(',');
        return JsonPart.Another;
    }

    /// <summary>Copies the colon between a name and its value.</summary>
    public bool Colon()
    {
        if (!Take(':'))
            return false;
        Put(':');
        return true;
    }

    /// <summary>Takes what must be the end, and appends the copy.</summary>
    public bool Finish()
    {
        if (Peek() != 0 || _at != _source.Length)
            return false;
        _into.Advance(Written);
        return true;
    }

    /// <summary>Forgets what was copied behind a place.</summary>
    public void Cut(int length) => Written = length;

    public void Put(char unit) => _room[Written++] = (byte)unit;

    public void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_room[Written..]);
        Written += bytes.Length;
    }

    /// <summary>Copies any value.</summary>
    public bool Value(int depth = 1)
    {
        switch (Peek())
        {
            case (byte)'{':
                return Object(depth);
            case (byte)'[':
                return Array(depth);
            case (byte)'"':
                return String();
            case (byte)'t':
                return Literal("true"u8);
            case (byte)'f':
                return Literal("false"u8);
            case (byte)'n':
                return Literal("null"u8);
            default:
                if (!ReadNumber(out var number, out _))
                    return false;
                Put(number);
                return true;
        }
    }

    /// <summary>Copies one of true, false, null.</summary>
    public bool Literal(ReadOnlySpan<byte> word)
    {
        if (!Skip(word))
            return false;
        Put(word);
        return true;
    }

    /// <summary>Passes over one of true, false, null.</summary>
    public bool Skip(ReadOnlySpan<byte> word)
    {
        Peek();
        if (!_source[_at..].StartsWith(word))
            return false;
        _at += word.Length;
        return true;
    }

    /// <summary>Copies a string.</summary>
    public bool String()
    {
        if (!ReadString(out var text, out var plain))
            return false;
        PutString(text, plain);
        return true;
    }

    /// <summary>Reads a string and gives what it means.</summary>
    /// <param name="text">The text; good until the next string is read.</param>
    /// <param name="plain">Whether nothing in it needs to be escaped.</param>
    public bool ReadString(out ReadOnlySpan<byte> text, out bool plain)
    {
        text = default;
        plain = true;
        if (!Take('"'))
            return false;
        var rest = _source[_at..];
        var length = rest.IndexOfAnyExcept(_plain);
        if (length < 0)
            return false;
        if (rest[length] != '"')
            return ReadOddString(rest, length, out text, out plain);
        text = rest[..length];
        _at += length + 1;
        return true;
    }

    /// <summary>Writes a string.</summary>
    public void PutString(ReadOnlySpan<byte> text, bool plain)
    {
        Put('"');
        if (plain)
        {
            Put(text);
        }
        else
        {
            _encoder.EncodeUtf8(text, _room[Written..], out _, out var count);
            Written += count;
        }

        Put('"');
    }

    /// <summary>Reads a number.</summary>
    /// <param name="number">As it is written.</param>
    /// <param name="isWhole">Whether it has digits alone, with a sign perhaps.</param>
    public bool ReadNumber(out ReadOnlySpan<byte> number, out bool isWhole)
    {
        Peek();
        var start = _at;
        isWhole = true;
        number = default;
        if (_at < _source.Length && _source[_at] == '-')
            _at++;
        if (_at < _source.Length && _source[_at] == '0')
            _at++;
        else if (!Digits())
            return false;
        if (_at < _source.Length && _source[_at] == '.')
        {
            isWhole = false;
            _at++;
            if (!Digits())
                return false;
        }

        if (_at < _source.Length && _source[_at] is (byte)'e' or (byte)'E')
        {
            isWhole = false;
            _at++;
            if (_at < _source.Length && _source[_at] is (byte)'+' or (byte)'-')
                _at++;
            if (!Digits())
                return false;
        }

        number = _source[start.._at];
        return true;
    }

    /// <summary>Appends text as a JSON string.</summary>
    public static void AppendString(ReadOnlySpan<byte> text, FieldBuffer into)
    {
        into.Append("\""u8);
        if (_encoder.FindFirstCharacterToEncodeUtf8(text) < 0)
        {
            into.Append(text);
        }
        else
        {
            _encoder.EncodeUtf8(text, into.Room(text.Length * MostPerByte), out _, out var written);
            into.Advance(written);
        }

        into.Append("\""u8);
    }

    /// <summary>Writes a string that does not come from the source.</summary>
    public void PutText(string text)
    {
        var bytes = _scratch.Encode(text);
        _room = _into.Room(Written + ((bytes.Length + _source.Length - _at) * MostPerByte) + Spare);
        PutString(bytes, plain: false);
    }

    private bool Object(int depth)
    {
        if (depth > MaxDepth || !Begin('{'))
            return false;
        for (var first = true; ; first = false)
        {
            if (Next('}', first) is not JsonPart.Another and var end)
                return end == JsonPart.Closed;
            if (!String() || !Colon() || !Value(depth + 1))
                return false;
        }
    }

    private bool Array(int depth)
    {
        if (depth > MaxDepth || !Begin('['))
            return false;
        for (var first = true; ; first = false)
        {
            if (Next(']', first) is not JsonPart.Another and var end)
                return end == JsonPart.Closed;
            // Behind a comma another value must come.
            if (!Value(depth + 1))
                return false;
        }
    }

    private bool Digits()
    {
        var start = _at;
        while (_at < _source.Length && char.IsAsciiDigit((char)_source[_at]))
            _at++;
        return _at > start;
    }

    private bool ReadOddString(ReadOnlySpan<byte> rest, int known, out ReadOnlySpan<byte> text, out bool plain)
    {
        text = default;
        plain = false;
        var escaped = false;
        var end = known;
        while (true)
        {
            var next = rest[end..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
                return false;
            end += next;
            if (rest[end] == '"')
                break;
            escaped = true;
            end += 2;
            if (end > rest.Length)
                return false;
        }

        text = rest[..end];
        _at += end + 1;
        if (text[known..].IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0)
            return false;
        if (escaped && !_scratch.Unescape(text, out text))
            return false;
        plain = _encoder.FindFirstCharacterToEncodeUtf8(text) < 0;
        return true;
    }
}
