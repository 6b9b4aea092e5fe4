namespace Seidra.Database;

/// <summary>Reads database URLs, strictly: an unknown part is an error, never ignored.</summary>
internal static class EndpointUrl
{
    private const int DefaultPort = 5432;
    private const string Expected = "expected postgresql://user@host:port/database or sqlite:///absolute/path.db";

    public static DatabaseEndpoint Parse(string url, string? password)
    {
        ArgumentNullException.ThrowIfNull(url);
        var colon = url.IndexOf("://", StringComparison.Ordinal);
        if (colon < 0)
            throw new DatabaseException($"The database URL has no scheme: {Expected}.");
        // SQLAlchemy's URLs carry the driver ("postgresql+psycopg"); it says nothing about where the database is.
        var scheme = url[..colon].Split('+')[0].ToLowerInvariant();
        return scheme switch
        {
            "postgresql" or "postgres" => Postgres(url, password),
            "sqlite" => Sqlite(url[(colon + 3)..]),
            _ => throw new DatabaseException($"The database URL has the scheme '{scheme}': {Expected}."),
        };
    }

    private static DatabaseEndpoint Sqlite(string rest)
    {
        if (rest.Contains('?'))
            throw new DatabaseException($"The SQLite URL has options after '?': {Expected}, without options.");
        if (!rest.StartsWith('/'))
            throw new DatabaseException($"The SQLite URL 'sqlite://{rest}' names no absolute path: {Expected} (three slashes).");
        var path = "/" + Uri.UnescapeDataString(rest).TrimStart('/');
        if (path.EndsWith('/') || path.Contains('\0'))
            throw new DatabaseException($"The SQLite URL 'sqlite://{rest}' names no file: {Expected}.");
        return new DatabaseEndpoint { Kind = DatabaseKind.Sqlite, Path = Path.GetFullPath(OperatingSystem.IsWindows() ? path[1..] : path) };
    }

    private static DatabaseEndpoint Postgres(string url, string? password)
    {
        // System.Uri knows no empty host (socket URLs), so the scheme is replaced by one that it treats as plain.
        if (!Uri.TryCreate("seidra-db" + url[url.IndexOf("://", StringComparison.Ordinal)..], UriKind.Absolute, out var uri))
            throw new DatabaseException($"The PostgreSQL URL cannot be read: {Expected}.");
        if (uri.UserInfo.Contains(':'))
        {
            throw new DatabaseException(
                "The PostgreSQL URL holds a password. Take it out of the URL and give it as a reference (password: ${ENV_NAME}).");
        }

        var options = Options(uri.Query);
        var host = options.GetValueOrDefault("host") ?? uri.Host.Trim('[', ']');
        var database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        var user = Uri.UnescapeDataString(uri.UserInfo);
        if (host.Length == 0 || database.Length == 0 || user.Length == 0 || database.Contains('/'))
        {
            var missing = host.Length == 0 ? "host" : user.Length == 0 ? "user" : database.Length == 0 ? "database" : "single database name";
            throw new DatabaseException($"The PostgreSQL URL names no {missing}: {Expected}.");
        }

        return new DatabaseEndpoint
        {
            Kind = DatabaseKind.PostgreSql,
            Host = host,
            Port = uri.Port > 0 ? uri.Port : DefaultPort,
            Database = database,
            User = user,
            Password = string.IsNullOrEmpty(password) ? null : password,
            SslMode = SslModes.Parse(options.GetValueOrDefault("sslmode")),
            SslRootCertificate = options.GetValueOrDefault("sslrootcert"),
        };
    }

    private static Dictionary<string, string> Options(string query)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            if (parts[0] is not ("sslmode" or "sslrootcert" or "host") || parts.Length < 2)
            {
                throw new DatabaseException(
                    $"The PostgreSQL URL has the option '{parts[0]}'; known are sslmode=..., sslrootcert=... and host=... (a socket directory).");
            }

            options[parts[0]] = Uri.UnescapeDataString(parts[1]);
        }

        return options;
    }
}
