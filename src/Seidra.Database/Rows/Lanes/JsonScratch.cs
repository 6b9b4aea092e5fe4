using System.Globalization;
using System.Text;

namespace Seidra.Database;

/// <summary>Room for strings of JSON that hold escapes.</summary>
internal sealed class JsonScratch
{
    private byte[] _bytes = new byte[256];

    /// <summary>What a string means; false for an unknown escape or half of a surrogate pair.</summary>
    public bool Unescape(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> meant)
    {
        meant = default;
        // No escape is shorter than what it stands for.
        if (_bytes.Length < text.Length)
            _bytes = new byte[text.Length * 2];
        var length = 0;
        while (text.Length > 0)
        {
            var plain = text.IndexOf((byte)'\\');
            if (plain < 0)
                plain = text.Length;
            text[..plain].CopyTo(_bytes.AsSpan(length));
            length += plain;
            text = text[plain..];
            if (text.Length > 0 && !One(ref text, ref length))
                return false;
        }

        meant = _bytes.AsSpan(0, length);
        return true;
    }

    /// <summary>The text in UTF-8.</summary>
    public ReadOnlySpan<byte> Encode(string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_bytes.Length < most)
            _bytes = new byte[most];
        return _bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, _bytes));
    }

    private bool One(ref ReadOnlySpan<byte> text, ref int length)
    {
        if (text.Length < 2)
            return false;
        if (text[1] == 'u')
            return Unit(ref text, ref length);
        var meant = text[1] switch
        {
            (byte)'"' => '"',
            (byte)'\\' => '\\',
            (byte)'/' => '/',
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            _ => '\0',
        };
        if (meant == '\0')
            return false;
        _bytes[length++] = (byte)meant;
        text = text[2..];
        return true;
    }

    private bool Unit(ref ReadOnlySpan<byte> text, ref int length)
    {
        if (!Hex(ref text, out var high))
            return false;
        Rune rune;
        if (!char.IsSurrogate(high))
            rune = new Rune(high);
        else if (!char.IsHighSurrogate(high) || text is not [(byte)'\\', (byte)'u', ..] || !Hex(ref text, out var low) || !Rune.TryCreate(high, low, out rune))
            return false;
        length += rune.EncodeToUtf8(_bytes.AsSpan(length));
        return true;
    }

    private static bool Hex(ref ReadOnlySpan<byte> text, out char unit)
    {
        const int EscapeBytes = 6;
        unit = '\0';
        if (text.Length < EscapeBytes || !ushort.TryParse(text[2..EscapeBytes], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            return false;
        unit = (char)value;
        text = text[EscapeBytes..];
        return true;
    }
}
