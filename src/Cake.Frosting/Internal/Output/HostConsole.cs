using System.Text.RegularExpressions;
using Cake.Core;

namespace Cake.Frosting.Internal;

/// <summary>The console of the run. Unlike the engine's own it asks each stream whether it is a terminal.</summary>
internal sealed partial class HostConsole : IConsole
{
    private readonly bool _color = ColorChoice.For(Console.IsOutputRedirected, Environment.GetEnvironmentVariable);
    private readonly bool _errorColor = ColorChoice.For(Console.IsErrorRedirected, Environment.GetEnvironmentVariable);

    public ConsoleColor ForegroundColor
    {
        get => Console.ForegroundColor;
        set => Color(() => Console.ForegroundColor = value);
    }

    public ConsoleColor BackgroundColor
    {
        get => Console.BackgroundColor;
        set => Color(() => Console.BackgroundColor = value);
    }

    /// <summary>Gets a value indicating whether escapes are understood; the console of old Windows only knows colours by call.</summary>
    public bool SupportAnsiEscapeCodes { get; } =
        ColorChoice.For(Console.IsOutputRedirected, Environment.GetEnvironmentVariable)
        && (!OperatingSystem.IsWindows() || Console.IsOutputRedirected || Environment.GetEnvironmentVariable("WT_SESSION") is not null);

    public void Write(string format, params object[] arg) => Console.Out.Write(format, arg);

    public void Write(string value) => Console.Out.Write(value);

    public void WriteLine(string format, params object[] arg) => Console.Out.WriteLine(format, arg);

    public void WriteLine(string value) => Console.Out.WriteLine(value);

    public void WriteError(string format, params object[] arg) => Console.Error.Write(ForError(string.Format(null, format, arg)));

    public void WriteError(string value) => Console.Error.Write(ForError(value));

    public void WriteErrorLine(string format, params object[] arg) => Console.Error.WriteLine(ForError(string.Format(null, format, arg)));

    public void WriteErrorLine(string value) => Console.Error.WriteLine(ForError(value));

    public void ResetColor() => Color(Console.ResetColor);

    [GeneratedRegex("\x1b\\[[0-9;]*m")]
    private static partial Regex Escapes { get; }

    // The log renders for standard output; what goes to a redirected standard error loses its escapes here.
    private string ForError(string text) => _errorColor || text is null ? text! : Escapes.Replace(text, string.Empty);

    private void Color(Action apply)
    {
        if (_color)
            apply();
    }
}
