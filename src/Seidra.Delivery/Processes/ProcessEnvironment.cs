namespace Seidra.Delivery;

/// <summary>The environment a child gets: a small base, what the caller names, and nothing else.</summary>
public static class ProcessEnvironment
{
    private static readonly string[] UnixBase = ["PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ", "USER", "LOGNAME", "TERM"];

    private static readonly string[] WindowsBase =
    [
        "PATH", "PATHEXT", "SystemRoot", "SystemDrive", "ComSpec", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "ProgramData",
        "ProgramFiles", "USERNAME",
    ];

    /// <summary>Names passed on to every child: enough for programs to start and to find their files, and no secrets.</summary>
    public static IReadOnlyList<string> Base => OperatingSystem.IsWindows() ? WindowsBase : UnixBase;

    /// <summary>Names that programs need to reach servers through a proxy or a private authority.</summary>
    public static IReadOnlyList<string> Network { get; } =
    [
        "http_proxy", "https_proxy", "no_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "SSH_AUTH_SOCK",
    ];

    /// <summary>The pairs a child is started with.</summary>
    internal static Dictionary<string, string> For(IEnumerable<string> inherit, IReadOnlyDictionary<string, string> own)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Base.Concat(inherit))
        {
            if (Environment.GetEnvironmentVariable(name) is { } value) result[name] = value;
        }

        foreach (var (name, value) in own)
        {
            if (name.Length == 0 || name.Contains('=', StringComparison.Ordinal) || name.Contains('\0', StringComparison.Ordinal) || value.Contains('\0', StringComparison.Ordinal))
            {
                throw new DeliveryException($"environment variable \"{name}\": a name has no '=' and neither name nor value holds a NUL. Correct it in the settings.");
            }

            result[name] = value;
        }

        return result;
    }
}
