namespace Cake.Frosting.Internal;

/// <summary>The room there is for a line.</summary>
internal static class TerminalWidth
{
    private const int Usual = 80;

    /// <summary>Gets the columns of the terminal; 80 where there is none.</summary>
    public static int Columns => Console.IsOutputRedirected || Console.WindowWidth <= 0 ? Usual : Console.WindowWidth;
}
