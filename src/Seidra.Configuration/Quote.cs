namespace Seidra.Configuration;

/// <summary>A foreign text inside a message: short, and without anything that a terminal would obey.</summary>
internal static class Quote
{
    private const int Longest = 60;

    /// <summary>In quotes.</summary>
    public static string Text(string value) => "'" + Bare(value) + "'";

    /// <summary>Without quotes.</summary>
    public static string Bare(string value)
    {
        var inert = string.Concat(value.Select(c => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString()));
        return inert.Length <= Longest ? inert : inert[..Longest] + "…";
    }
}
