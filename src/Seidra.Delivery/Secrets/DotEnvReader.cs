using System.Text;

namespace Seidra.Delivery;

/// <summary>Reads .env text by the rules that Docker Compose and the shell share.</summary>
internal sealed class DotEnvReader(string text, string source)
{
    private int _position;

    public IEnumerable<DotEnvLine> Read()
    {
        if (text.StartsWith('\uFEFF')) _position = 1;
        while (_position < text.Length) yield return Next();
    }

    private DotEnvLine Next()
    {
        var start = _position;
        var end = LineEnd(start);
        var line = text[start..end];
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? "" : line[..equals].Trim();
        if (name.StartsWith("export ", StringComparison.Ordinal)) name = name["export ".Length..].Trim();
        if (!DotEnv.NamePattern().IsMatch(name))
        {
            _position = end + 1;
            return new DotEnvLine(line.TrimEnd('\r'));
        }

        var from = start + equals + 1;
        while (from < end && text[from] is ' ' or '\t') from++;
        var value = from < text.Length && text[from] is '\'' or '"' ? Quoted(name, ref from) : Plain(text[from..end]);
        end = LineEnd(from);
        _position = end + 1;
        return new DotEnvLine(text[start..end].TrimEnd('\r'), name, value);
    }

    // A # starts a comment only after white space: passwords hold it, too.
    private static string Plain(string rest)
    {
        for (var at = 0; at < rest.Length; at++)
        {
            if (rest[at] == '#' && (at == 0 || char.IsWhiteSpace(rest[at - 1]))) return rest[..at].Trim();
        }

        return rest.Trim();
    }

    private string Quoted(string name, ref int at)
    {
        var (open, quote) = (at, text[at]);
        var value = new StringBuilder();
        for (at++; ; at++)
        {
            if (at >= text.Length) throw Damaged(open, $"{name}: the {quote} is never closed");
            if (text[at] == quote) break;
            if (quote == '"' && text[at] == '\\' && at + 1 < text.Length) value.Append(Escaped(text[++at]));
            else value.Append(text[at]);
        }

        at++;
        var rest = text[at..LineEnd(at)].Trim();
        return rest.Length == 0 || rest[0] == '#' ? value.ToString() : throw Damaged(at, $"{name}: there is text after the closing {quote}");
    }

    private static string Escaped(char character) => character switch
    {
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        '"' or '\\' or '$' or '`' => character.ToString(),
        _ => "\\" + character,
    };

    private int LineEnd(int from)
    {
        var end = from <= text.Length ? text.IndexOf('\n', from) : -1;
        return end < 0 ? text.Length : end;
    }

    private DeliveryException Damaged(int at, string what) =>
        new($"{source}:{text[..Math.Min(at, text.Length)].Count(c => c == '\n') + 1}: {what}. Correct the line.");
}
