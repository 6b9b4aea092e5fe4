namespace Seidra.Database;

/// <summary>How a column of Classic writes true and false, told from the values that are there.</summary>
/// <param name="True">Long or text.</param>
/// <param name="False">Long or text.</param>
internal sealed record FlagForm(object True, object False)
{
    private static readonly (string True, string False)[] _words = [("t", "f"), ("true", "false"), ("y", "n"), ("yes", "no"), ("on", "off"), ("1", "0")];

    /// <summary>The form of a column that holds nothing yet.</summary>
    public static FlagForm OfType(string type, DatabaseKind kind) =>
        kind == DatabaseKind.PostgreSql && (type is "boolean" or "text" || type.Contains("char", StringComparison.Ordinal)) ? new FlagForm("true", "false") : new FlagForm(1L, 0L);

    /// <summary>The form of a value; null where it says neither true nor false.</summary>
    public static FlagForm? Of(object? raw)
    {
        if (raw is long number)
            return number is 0 or 1 ? new FlagForm(1L, 0L) : null;
        var text = SourceText.Plain(raw)?.Trim();
        if (text is null)
            return null;
        foreach (var (yes, no) in _words)
        {
            foreach (var (first, second) in new[] { (yes, no), (yes.ToUpperInvariant(), no.ToUpperInvariant()), (Titled(yes), Titled(no)) })
            {
                if (text == first || text == second)
                    return new FlagForm(first, second);
            }
        }

        return null;
    }

    public object Write(bool value) => value ? True : False;

    private static string Titled(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
