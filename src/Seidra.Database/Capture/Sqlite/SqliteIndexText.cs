using System.Text.RegularExpressions;

namespace Seidra.Database;

/// <summary>
/// The terms and the condition of a CREATE INDEX statement: of an index on an expression, or of a part of the rows, the
/// engine tells nothing but its text. Grammar: sqlite.org/lang_createindex.html.
/// </summary>
internal sealed partial class SqliteIndexText
{
    private SqliteIndexText(IReadOnlyList<string> terms, string? where)
    {
        Terms = terms;
        Where = where;
    }

    /// <summary>The indexed terms in order, without collation and direction.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>The condition of a partial index.</summary>
    public string? Where { get; }

    public static SqliteIndexText Parse(string sql)
    {
        var (terms, start, depth, end) = (new List<string>(), 0, 0, sql.Length);
        for (var at = 0; at < end; at = Next(sql, at))
        {
            var letter = sql[at];
            if (letter == '(' && depth++ == 0)
                start = at + 1;
            if ((letter == ',' && depth == 1) || (letter == ')' && --depth == 0))
            {
                terms.Add(Bare(sql[start..at]));
                start = at + 1;
                if (letter == ')')
                    end = at;
            }
        }

        var where = Condition().Match(sql[start..]);
        return new SqliteIndexText(terms, where.Success ? where.Groups[1].Value : null);
    }

    /// <summary>The place after a character, or after the whole of a quoted text or comment.</summary>
    private static int Next(string sql, int at)
    {
        var close = sql[at] switch
        {
            '\'' or '"' or '`' => sql.IndexOf(sql[at], at + 1),
            '[' => sql.IndexOf(']', at + 1),
            '-' when sql.AsSpan(at).StartsWith("--", StringComparison.Ordinal) => sql.IndexOf('\n', at),
            '/' when sql.AsSpan(at).StartsWith("/*", StringComparison.Ordinal) => sql.IndexOf("*/", at + 2, StringComparison.Ordinal) + 1,
            _ => at,
        };
        return close < at ? sql.Length : close + 1;
    }

    private static string Bare(string term) => Tail().Replace(term, "").Trim();

    [GeneratedRegex(@"(\s+COLLATE\s+(\w+|""[^""]*""))?(\s+(ASC|DESC))?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Tail();

    [GeneratedRegex(@"\bWHERE\b(.*)$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Condition();
}
