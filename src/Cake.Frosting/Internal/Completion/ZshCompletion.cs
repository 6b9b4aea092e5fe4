namespace Cake.Frosting.Internal;

/// <summary>Completion for zsh.</summary>
internal static class ZshCompletion
{
    public static string Script(Vocabulary vocabulary)
    {
        var name = CompletionScript.CommandName(vocabulary);
        var function = CompletionScript.FunctionName(vocabulary);
        return $$"""
            #compdef {{name}}
            # Completion of {{name}} for zsh. Load it after compinit with: source <({{vocabulary.Command}} --complete=zsh)
            {{function}}() {
                _arguments \
            {{string.Join(" \\\n", vocabulary.Shown.Select(option => "        " + Argument(vocabulary, option)))}}
            }
            compdef {{function}} {{name}}

            """;
    }

    private static string Argument(Vocabulary vocabulary, OptionSpec option)
    {
        var values = vocabulary.ValuesOf(option);
        var action = values.Count > 0 ? $"({string.Join(' ', values)})" : "_files";
        var value = option.TakesValue ? $":{option.ValueName ?? option.Name}:{action}" : string.Empty;
        return $"'*--{option.Name}{(option.TakesValue ? "=" : string.Empty)}[{Escape(option.Description)}]{value}'";
    }

    private static string Escape(string text) =>
        text.Replace("'", "'\\''", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal)
            .Replace("]", "\\]", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);
}
