namespace Seidra.Sandbox.World;

/// <summary>Database URLs without and with their password.</summary>
internal static class DatabaseUrl
{
    /// <summary>The URL with the password that the file holds, for the environment of a process; unchanged without a file.</summary>
    public static string WithPassword(string url, string? passwordFile)
    {
        if (passwordFile is null)
            return url;
        var at = url.IndexOf('@', StringComparison.Ordinal);
        return $"{url[..at]}:{Uri.EscapeDataString(File.ReadAllText(passwordFile).Trim())}{url[at..]}";
    }
}
