namespace Seidra.Configuration;

/// <summary>SEIDRA Classic, the side that serves until the switch.</summary>
public sealed record ClassicSettings
{
    /// <summary>Classic's own address, without path; its health is asked there.</summary>
    [Url(UrlKind.Http)]
    public required string Url { get; init; }

    /// <summary>Classic's database.</summary>
    public required ClassicDatabaseSettings Database { get; init; }

    /// <summary>Where Classic keeps its media.</summary>
    public required StoreSettings Media { get; init; }

    /// <summary>Prefixes cut from the paths in the rows to get object keys.</summary>
    public IReadOnlyList<string> PathPrefixes { get; init; } = ["/app/uploads/", "/data/media/", "uploads/"];
}
