namespace Seidra.Cutover.Hosting;

/// <summary>Targets whose output is the answer itself: the engine's headings and summary would be in the way of it.</summary>
public static class PrintedTargets
{
    private static readonly string[] Names = ["Bench", "Default", "Status", "Test"];

    /// <summary>The arguments, with the engine told to be quiet where the target prints an answer.</summary>
    public static IReadOnlyList<string> Quiet(IReadOnlyList<string> arguments) =>
        Names.Contains(TargetOf(arguments), StringComparer.OrdinalIgnoreCase)
            ? [.. arguments, .. Missing(arguments, "--verbosity=quiet"), .. Missing(arguments, "--no-report")]
            : arguments;

    // Without a target the engine runs Default.
    private static string TargetOf(IReadOnlyList<string> arguments)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            if (arguments[index] is "--target" or "-t" && index + 1 < arguments.Count)
            {
                return arguments[index + 1];
            }

            if (arguments[index].StartsWith("--target=", StringComparison.Ordinal))
            {
                return arguments[index]["--target=".Length..];
            }
        }

        return "Default";
    }

    private static IEnumerable<string> Missing(IReadOnlyList<string> arguments, string option)
    {
        var name = option.Split('=')[0];
        return arguments.Any(argument => argument == name || argument.StartsWith($"{name}=", StringComparison.Ordinal)) ? [] : [option];
    }
}
