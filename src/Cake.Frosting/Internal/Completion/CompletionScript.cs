namespace Cake.Frosting.Internal;

/// <summary>
/// Writes what <c>--complete</c> prints. The words are in the script itself, so that a press of the tabulator key never
/// starts the program (which may have to be built first); a new shell session reads them anew.
/// </summary>
internal static class CompletionScript
{
    public static string For(string shell, Vocabulary vocabulary) => shell.ToUpperInvariant() switch
    {
        "BASH" => BashCompletion.Script(vocabulary),
        "ZSH" => ZshCompletion.Script(vocabulary),
        _ => PowerShellCompletion.Script(vocabulary),
    };

    /// <summary>The name by which shells look a completion up: the command without its folder.</summary>
    public static string CommandName(Vocabulary vocabulary) => Path.GetFileName(vocabulary.Command);

    /// <summary>A name that is good as that of a shell function.</summary>
    public static string FunctionName(Vocabulary vocabulary) =>
        "_" + string.Concat(CommandName(vocabulary).Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}
