using System.Text;

namespace Seidra.Database;

/// <summary>A token of Python.</summary>
/// <param name="Kind">What sort.</param>
/// <param name="Text">A name, the value of a string, or one character of punctuation.</param>
/// <param name="Top">Whether it stands at the start of a line without indentation.</param>
internal readonly record struct PythonToken(PythonTokenKind Kind, string Text, bool Top);

/// <summary>The sorts of tokens that an assignment of plain values is made of.</summary>
internal enum PythonTokenKind
{
    /// <summary>A name, keyword or number.</summary>
    Name,

    /// <summary>A string, its quotes and escapes resolved.</summary>
    Text,

    /// <summary>One character of anything else.</summary>
    Mark,

    /// <summary>The end of a logical line: never inside brackets or after a backslash.</summary>
    LineEnd,
}

/// <summary>Cuts Python source into tokens: just enough to find assignments outside comments, strings and functions.</summary>
internal ref struct PythonScanner(ReadOnlySpan<char> source)
{
    private readonly ReadOnlySpan<char> _source = source;
    private int _at;
    private int _depth;
    private bool _lineStart = true;

    /// <summary>Reads the next token; false at the end of the source.</summary>
    public bool Next(out PythonToken token)
    {
        while (_at < _source.Length)
        {
            var top = _lineStart;
            var c = _source[_at];
            if (c == '\n')
            {
                _at++;
                if (_depth > 0)
                    continue;
                _lineStart = true;
                token = new PythonToken(PythonTokenKind.LineEnd, "", top);
                return true;
            }

            _lineStart = false;
            if (c == '#')
                _at += Until('\n');
            else if (c == '\\' && _source[_at..].StartsWith("\\\n"))
                _at += 2;
            else if (char.IsWhiteSpace(c))
                _at++;
            else if (IsWord(c))
                return Word(top, out token);
            else if (c is '"' or '\'')
                return Text(top, raw: false, out token);
            else
                return Mark(top, c, out token);
        }

        token = default;
        return false;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private readonly int Until(char stop)
    {
        var length = _source[_at..].IndexOf(stop);
        return length < 0 ? _source.Length - _at : length;
    }

    private bool Word(bool top, out PythonToken token)
    {
        var start = _at;
        while (_at < _source.Length && IsWord(_source[_at]))
            _at++;
        var word = _source[start.._at];
        // Letters right before a quote are a string's prefix.
        if (_at < _source.Length && _source[_at] is '"' or '\'' && word.Length <= 2)
            return Text(top, raw: word.IndexOfAny('r', 'R') >= 0, out token);
        token = new PythonToken(PythonTokenKind.Name, word.ToString(), top);
        return true;
    }

    private bool Mark(bool top, char c, out PythonToken token)
    {
        _at++;
        _depth = c switch { '(' or '[' or '{' => _depth + 1, ')' or ']' or '}' => Math.Max(0, _depth - 1), _ => _depth };
        token = new PythonToken(PythonTokenKind.Mark, c.ToString(), top);
        return true;
    }

    private bool Text(bool top, bool raw, out PythonToken token)
    {
        var quote = _source[_at];
        var triple = _source[_at..].StartsWith([quote, quote, quote]);
        var width = triple ? 3 : 1;
        _at += width;
        var value = new StringBuilder();
        while (_at < _source.Length && !Closes(quote, triple) && (triple || _source[_at] != '\n'))
        {
            if (_source[_at] == '\\' && !raw && _at + 1 < _source.Length)
                _at++;
            value.Append(_source[_at++]);
        }

        _at = Math.Min(_source.Length, _at + width);
        token = new PythonToken(PythonTokenKind.Text, value.ToString(), top);
        return true;
    }

    private readonly bool Closes(char quote, bool triple) =>
        triple ? _source[_at..].StartsWith([quote, quote, quote]) : _source[_at] == quote;
}
