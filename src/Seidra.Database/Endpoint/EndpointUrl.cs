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
            "postgresql" or "postgres" => Postgres(url[(colon + 3)..], password),
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

    private static DatabaseEndpoint Postgres(string rest, string? password)
    {
        // By hand: System.Uri refuses the empty host of a URL that names a socket directory.
        var (address, query) = Cut(rest, rest.IndexOf('?', StringComparison.Ordinal));
        var (authority, path) = Cut(address, address.IndexOf('/', StringComparison.Ordinal));
        var (user, location) = authority.Contains('@') ? Cut(authority, authority.LastIndexOf('@')) : ("", authority);
        if (user.Contains(':'))
        {
            throw new DatabaseException(
                "The PostgreSQL URL holds a password. Take it out of the URL and give it as a reference (password: ${ENV_NAME}).");
        }

        var (host, port) = Location(location);
        var options = Options(query);
        host = options.GetValueOrDefault("host") ?? host;
        var database = Uri.UnescapeDataString(path);
        var missing = host.Length == 0 ? "host" : user.Length == 0 ? "user" : database.Length == 0 ? "database" : null;
        if (missing is not null)
            throw new DatabaseException($"The PostgreSQL URL names no {missing}: {Expected}.");
        return new DatabaseEndpoint
        {
            Kind = DatabaseKind.PostgreSql,
            Host = host,
            Port = port,
            Database = database,
            User = Uri.UnescapeDataString(user),
            Password = string.IsNullOrEmpty(password) ? null : password,
            SslMode = SslModes.Parse(options.GetValueOrDefault("sslmode")),
            SslRootCertificate = options.GetValueOrDefault("sslrootcert"),
        };
    }

    /// <summary>What stands before and after a place; all of it before when there is no such place.</summary>
    private static (string Before, string After) Cut(string text, int at) => at < 0 ? (text, "") : (text[..at], text[(at + 1)..]);

    private static (string Host, int Port) Location(string text)
    {
        // An IPv6 address stands in brackets, so that its colons are no port.
        var colon = text.LastIndexOf(':');
        var (host, port) = Cut(text, colon > text.LastIndexOf(']') ? colon : -1);
        if (port.Length == 0)
            return (host.Trim('[', ']'), DefaultPort);
        return ushort.TryParse(port, out var number) && number > 0
            ? (host.Trim('[', ']'), number)
            : throw new DatabaseException($"The PostgreSQL URL has the port '{port}': expected a number from 1 to 65535.");
    }

    private static Dictionary<string, string> Options(string query)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
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
