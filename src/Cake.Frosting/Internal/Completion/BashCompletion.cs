namespace Cake.Frosting.Internal;

/// <summary>Completion for bash, without the bash-completion package.</summary>
internal static class BashCompletion
{
    public static string Script(Vocabulary vocabulary)
    {
        var name = CompletionScript.CommandName(vocabulary);
        var function = CompletionScript.FunctionName(vocabulary);
        var options = vocabulary.Shown.Select(option => $"--{option.Name}{(option.TakesValue ? "=" : string.Empty)}");
        var values = vocabulary.Shown
            .Where(option => vocabulary.ValuesOf(option).Count > 0)
            .Select(option => $"        --{option.Name}{(option.Short is null ? string.Empty : $"|-{option.Short}")}) words='{string.Join(' ', vocabulary.ValuesOf(option))}' ;;");
        return $$"""
            # Completion of {{name}} for bash. Load it with: source <({{vocabulary.Command}} --complete=bash)
            {{function}}() {
                local line="${COMP_LINE:0:COMP_POINT}" word option current words='' prefix=''
                word="${line##*[[:space:]]}"
                case "$word" in
                    -*=*) option="${word%%=*}" current="${word#*=}" ;;
                    -*) option='' current="$word" ;;
                    *)
                        line="${line%"$word"}"
                        line="${line%"${line##*[![:space:]]}"}"
                        option="${line##*[[:space:]]}" current="$word"
                        ;;
                esac
                case "$option" in
            {{string.Join('\n', values)}}
                    --*=*|'') ;;
                    -*) COMPREPLY=($(compgen -f -- "$current")); return ;;
                esac
                if [[ -z "$words" ]]; then
                    words='{{string.Join(' ', options)}}'
                elif [[ "$word" == *=* && "$COMP_WORDBREAKS" != *=* ]]; then
                    prefix="$option="
                fi
                COMPREPLY=($(compgen -P "$prefix" -W "$words" -- "$current"))
                [[ "${COMPREPLY[0]:-}" == *= ]] && compopt -o nospace 2>/dev/null
                return 0
            }
            complete -F {{function}} {{name}}

            """;
    }
}
