namespace Seidra.Configuration;

/// <summary>Ultimate's database.</summary>
public sealed record UltimateDatabaseSettings
{
    /// <summary>Address without password.</summary>
    [Url(UrlKind.Database)]
    public required string Url { get; init; }

    /// <summary>Password; null where the server asks none.</summary>
    public Secret? Password { get; init; }

    /// <summary>Name of the database of the restore drill on that server (PostgreSQL); created empty, dropped at the end.</summary>
    [Pattern("^[A-Za-z_][A-Za-z0-9_]{0,62}$", "a database name: letters, digits, _")]
    public string Scratch { get; init; } = "seidra_drill";
}
