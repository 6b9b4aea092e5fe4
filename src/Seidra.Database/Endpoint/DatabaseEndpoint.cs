using Microsoft.Data.Sqlite;
using Npgsql;

namespace Seidra.Database;

/// <summary>Where a database is and how it is reached. Immutable; prints without its password.</summary>
public sealed class DatabaseEndpoint
{
    internal DatabaseEndpoint()
    {
    }

    /// <summary>The engine.</summary>
    public required DatabaseKind Kind { get; init; }

    /// <summary>The absolute path of a SQLite file; null for PostgreSQL.</summary>
    public string? Path { get; init; }

    /// <summary>Host name, address or socket directory of PostgreSQL; empty for SQLite.</summary>
    public string Host { get; init; } = "";

    /// <summary>TCP port of PostgreSQL, 5432 when the URL names none.</summary>
    public int Port { get; init; }

    /// <summary>Name of the database on the server; empty for SQLite.</summary>
    public string Database { get; init; } = "";

    /// <summary>Role that logs in; empty for SQLite.</summary>
    public string User { get; init; } = "";

    /// <summary>The URL without any password, for logs and reports.</summary>
    public string Display => Kind == DatabaseKind.Sqlite
        ? $"sqlite://{Path}"
        : $"postgresql://{User}@{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}/{Database}";

    internal string? Password { get; init; }

    internal SslMode SslMode { get; init; } = SslMode.Prefer;

    internal string? SslRootCertificate { get; init; }

    /// <summary>
    /// Reads a URL: <c>postgresql://user@host:5432/database?sslmode=verify-full&amp;sslrootcert=/ca.pem</c> (the scheme may
    /// carry a driver, as in <c>postgresql+psycopg</c>) or <c>sqlite:///absolute/path.db</c>.
    /// </summary>
    /// <param name="url">The URL, without a password.</param>
    /// <param name="password">The password, from a secret reference; null where the server asks for none.</param>
    /// <exception cref="DatabaseException">The URL is no such URL; the message says which part.</exception>
    public static DatabaseEndpoint Parse(string url, string? password = null) => EndpointUrl.Parse(url, password);

    /// <summary>The same server (or, for SQLite, folder) with another database (or file name).</summary>
    /// <param name="name">A database name; for SQLite a file name, or an absolute path.</param>
    public DatabaseEndpoint WithDatabase(string name) => new()
    {
        Kind = Kind,
        Path = Path is null ? null : System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, name),
        Host = Host,
        Port = Port,
        Database = Kind == DatabaseKind.Sqlite ? "" : name,
        User = User,
        Password = Password,
        SslMode = SslMode,
        SslRootCertificate = SslRootCertificate,
    };

    /// <inheritdoc/>
    public override string ToString() => Display;

    /// <summary>Opens one connection of its own to PostgreSQL (no pool, so nothing lingers when it is closed).</summary>
    /// <exception cref="DatabaseException">Unreachable, refused, or missing, in words.</exception>
    internal Task<NpgsqlConnection> OpenPostgresAsync(CancellationToken cancel) => EndpointConnections.OpenPostgresAsync(this, cancel);

    /// <summary>A pool of connections to PostgreSQL for work in parallel; the caller disposes it.</summary>
    internal NpgsqlDataSource CreateDataSource(int maxConnections) =>
        NpgsqlDataSource.Create(EndpointConnections.Builder(this, maxConnections));

    /// <summary>Opens a SQLite file (no pool, so that files can be moved and removed afterwards).</summary>
    /// <exception cref="DatabaseException">The file is missing, unreadable or no SQLite database.</exception>
    internal Task<SqliteConnection> OpenSqliteAsync(SqliteOpenMode mode, CancellationToken cancel) =>
        EndpointConnections.OpenSqliteAsync(this, mode, cancel);
}
