namespace Seidra.Cutover.Bench;

/// <summary>This very program as a process of its own that measures one part.</summary>
internal static class OwnProgram
{
    /// <summary>The command line that measures <paramref name="part"/> of a suite.</summary>
    public static CommandLine Measure(string suite, string part, IReadOnlyDictionary<string, string> environment, string directory)
    {
        string[] arguments = ["--target=Bench", $"--suite={suite}", $"--measure={part}"];
        var program = Environment.ProcessPath!;
        // Started as `dotnet Build.dll` or by its own executable: the same again.
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? new CommandLine(program, [Path.Combine(AppContext.BaseDirectory, "Build.dll"), .. arguments], environment, directory)
            : new CommandLine(program, arguments, environment, directory);
    }
}
