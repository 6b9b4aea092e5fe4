namespace Cake.Frosting.Internal;

/// <summary>Decides whether a stream gets colours.</summary>
internal static class ColorChoice
{
    /// <remarks>NO_COLOR: https://no-color.org; CLICOLOR_FORCE: https://bixense.com/clicolors.</remarks>
    public static bool For(bool redirected, Func<string, string?> environment)
    {
        if (!string.IsNullOrEmpty(environment("NO_COLOR")))
            return false;
        if (environment("FORCE_COLOR") is not (null or "" or "0") || environment("CLICOLOR_FORCE") is not (null or "" or "0"))
            return true;
        return !redirected && environment("TERM") != "dumb";
    }
}
