using System.Text.RegularExpressions;

namespace Seidra.Configuration;

/// <summary>Checks URLs and says how the right one is written. Never repeats a URL that holds a password.</summary>
internal static partial class UrlCheck
{
    /// <summary>What is wrong; null where nothing is.</summary>
    public static string? Problem(string url, UrlKind kind)
    {
        if (kind == UrlKind.Repository && (url.StartsWith('/') || ScpAddress().IsMatch(url)))
            return null;
        var form = Form(kind);
        var schemes = Schemes(kind);
        var separator = url.IndexOf("://", StringComparison.Ordinal);
        if (separator <= 0)
            return $"expected {form}, found a text without '://'";
        var scheme = url[..separator].ToLowerInvariant();
        if (!schemes.Contains(scheme))
        {
            var nearest = Nearest.Of(scheme, schemes);
            return $"expected {form}, found the scheme {Quote.Text(scheme)}{(nearest is null ? "" : $" (did you mean '{nearest}'?)")}";
        }
        if (HoldsPassword(url[(separator + 3)..]))
            return "expected no password in a URL, found one. " + (kind == UrlKind.Database
                ? "Take it out and write it as a reference, password: ${NAME} or password: file:/path"
                : "Take it out; give it to the program that needs it (a Git credential helper, the keys beside the URL)");
        return Details(scheme, url[(separator + 3)..], kind) is { } found
            ? $"expected {form}, found {found}"
            : null;
    }

    private static string[] Schemes(UrlKind kind) => kind switch
    {
        UrlKind.Http => ["http", "https"],
        UrlKind.Database => ["postgresql", "postgresql+psycopg", "sqlite"],
        UrlKind.Store => ["s3", "file"],
        _ => ["https", "http", "ssh", "git", "file"],
    };

    private static string Form(UrlKind kind) => kind switch
    {
        UrlKind.Http => "a web address such as http://host:8000",
        UrlKind.Database => "postgresql://user@host:5432/database or sqlite:///absolute/path.db",
        UrlKind.Store => "s3://bucket or file:///absolute/directory",
        _ => "a repository such as https://host/ultimate.git, ssh://git@host/ultimate.git or /absolute/path",
    };

    private static string? Details(string scheme, string rest, UrlKind kind)
    {
        if (scheme is "sqlite" or "file")
            return rest.Length > 1 && rest[0] == '/' ? null : $"no absolute path after {scheme}://";
        if (scheme == "s3")
            return BucketName().IsMatch(rest.TrimEnd('/')) ? null : $"{Quote.Text(rest)}, which is no bucket name (3 to 63 of a-z, 0-9, '.', '-', without folder)";
        // User, host, port and path are written alike in all of them; http is the form whose parsing is strictest.
        if (!Uri.TryCreate("http://" + rest, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            return "no valid host and port";
        return kind switch
        {
            UrlKind.Database when uri.AbsolutePath.Trim('/').Length == 0 => "no database name after the host",
            UrlKind.Database when uri.AbsolutePath.Trim('/').Contains('/') => "more than a database name after the host",
            UrlKind.Http when uri.AbsolutePath.Length > 1 || uri.Query.Length > 0 || uri.Fragment.Length > 0 => "something after host and port",
            UrlKind.Http when uri.UserInfo.Length > 0 => "a user name",
            _ => null,
        };
    }

    private static bool HoldsPassword(string rest)
    {
        var authority = rest.Split('/', '?', '#')[0];
        // A password may itself hold '/', so an '@' further on still ends the user information.
        var userInfo = rest.LastIndexOf('@') is > 0 and var at ? rest[..at] : "";
        return userInfo.Contains(':') && (authority.Contains('@') || !userInfo.StartsWith('/')) || PasswordParameter().IsMatch(rest);
    }

    [GeneratedRegex(@"\A[^/@:\s]+@[^/:\s]+:[^\s]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex ScpAddress();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex BucketName();

    [GeneratedRegex("[?&](password|passwd|sslpassword|token)=", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PasswordParameter();
}
