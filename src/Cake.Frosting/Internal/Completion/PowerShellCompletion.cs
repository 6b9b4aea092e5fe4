namespace Cake.Frosting.Internal;

/// <summary>Completion for PowerShell.</summary>
internal static class PowerShellCompletion
{
    public static string Script(Vocabulary vocabulary)
    {
        var name = CompletionScript.CommandName(vocabulary);
        var options = vocabulary.Shown.Select(option => $"        '--{option.Name}{(option.TakesValue ? "=" : string.Empty)}' = {Quote(option.Description)}");
        var values = vocabulary.Shown
            .Where(option => vocabulary.ValuesOf(option).Count > 0)
            .Select(option => $"        '--{option.Name}' = @({string.Join(", ", vocabulary.ValuesOf(option).Select(Quote))})");
        return $$"""
            # Completion of {{name}} for PowerShell. Load it with: {{vocabulary.Command}} --complete=pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName {{Quote(name)}}, {{Quote(Path.GetFileNameWithoutExtension(name))}} -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                $options = [ordered]@{
            {{string.Join('\n', options)}}
                }
                $values = @{
            {{string.Join('\n', values)}}
                }
                $word = "$wordToComplete"
                $name, $value = $word -split '=', 2
                if ($null -ne $value -and $values.ContainsKey($name)) {
                    $values[$name] | Where-Object { $_ -like "$value*" } | ForEach-Object {
                        [System.Management.Automation.CompletionResult]::new("$name=$_", $_, 'ParameterValue', $_)
                    }
                }
                elseif ($null -eq $value) {
                    $options.Keys | Where-Object { $_ -like "$word*" } | ForEach-Object {
                        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterName', $options[$_])
                    }
                }
            }

            """;
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
