using System.Text;
using Cake.Core;
using Spectre.Console;

namespace Cake.Frosting.Internal;

/// <summary>Spectre's console on top of the run's own, for those who ask for one.</summary>
internal static class SpectreConsole
{
    public static IAnsiConsole On(IConsole console)
    {
        var ansi = console.SupportAnsiEscapeCodes;
        var created = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = ansi ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = ansi ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(new Writer(console)),
        });
        created.Profile.Width = TerminalWidth.Columns;
        return created;
    }

    private sealed class Writer(IConsole console) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => console.Write(value.ToString());

        public override void Write(string? value) => console.Write(value ?? string.Empty);
    }
}
