namespace Seidra.Cutover.Hosting;

/// <summary>Targets whose output is the answer itself: the engine's headings and summary would be in the way of it.</summary>
public static class PrintedTargets
{
    private static readonly string[] Names = ["Default", "Status", "Test"];

    /// <summary>The arguments, with the engine told to be quiet where the target prints an answer.</summary>
    public static IReadOnlyList<string> Quiet(IReadOnlyList<string> arguments) =>
        arguments.Count == 0 || Names.Any(name => arguments.Contains($"--target={name}", StringComparer.OrdinalIgnoreCase))
            ? [.. arguments, .. Missing(arguments, "--verbosity=quiet"), .. Missing(arguments, "--no-report")]
            : arguments;

    private static IEnumerable<string> Missing(IReadOnlyList<string> arguments, string option)
    {
        var name = option.Split('=')[0];
        return arguments.Any(argument => argument == name || argument.StartsWith($"{name}=", StringComparison.Ordinal)) ? [] : [option];
    }
}
