using System.Reflection;
using Cake.Cli;
using Cake.Core;

namespace Cake.Frosting.Internal;

/// <summary>The questions about the program itself, which run no task.</summary>
internal static class Answers
{
    /// <summary>Answers what is asked; false where the command line asks for a run.</summary>
    public static bool TryGive(CommandLine line, Vocabulary vocabulary, IConsole console, IReadOnlyList<Assembly> assemblies)
    {
        if (line.Has(CakeOptions.Help))
            Print(console, new HelpText(vocabulary, TerminalWidth.Columns).Lines());
        else if (line.Has(CakeOptions.Version))
            Print(console, [Version(assemblies).GetVersion()]);
        else if (line.Has(CakeOptions.Info))
            new InfoFeature(Version(assemblies)).Run(console);
        else if (line.ValueOf(CakeOptions.Complete) is { } shell)
            console.Write(CompletionScript.For(shell, vocabulary));
        else
            return false;
        return true;
    }

    private static ProgramVersion Version(IReadOnlyList<Assembly> assemblies) => new(assemblies.Count > 0 ? assemblies[0] : typeof(Answers).Assembly);

    private static void Print(IConsole console, IEnumerable<string> lines)
    {
        foreach (var text in lines)
            console.WriteLine(text);
    }
}
