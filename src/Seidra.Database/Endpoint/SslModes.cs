using Npgsql;

namespace Seidra.Database;

/// <summary>libpq's names of the TLS modes, as they stand in URLs and in PGSSLMODE.</summary>
internal static class SslModes
{
    private static readonly (string Name, SslMode Mode)[] All =
    [
        ("disable", SslMode.Disable),
        ("allow", SslMode.Allow),
        ("prefer", SslMode.Prefer),
        ("require", SslMode.Require),
        ("verify-ca", SslMode.VerifyCA),
        ("verify-full", SslMode.VerifyFull),
    ];

    /// <summary>The name of a mode.</summary>
    public static string NameOf(SslMode mode) => All.First(pair => pair.Mode == mode).Name;

    /// <summary>The mode of a name; libpq's default where none is given.</summary>
    /// <exception cref="DatabaseException">No such mode.</exception>
    public static SslMode Parse(string? name)
    {
        if (name is null)
            return SslMode.Prefer;
        foreach (var pair in All)
        {
            if (pair.Name == name)
                return pair.Mode;
        }

        throw new DatabaseException($"The PostgreSQL URL says sslmode={name}; known are {string.Join(", ", All.Select(pair => pair.Name))}.");
    }
}
