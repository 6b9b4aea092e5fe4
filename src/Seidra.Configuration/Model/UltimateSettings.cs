namespace Seidra.Configuration;

/// <summary>SEIDRA Ultimate, the side that serves after the switch.</summary>
public sealed record UltimateSettings
{
    /// <summary>Its production address, not the front door's.</summary>
    [Url(UrlKind.Http)]
    public required string Url { get; init; }

    /// <summary>The sources that are deployed.</summary>
    public required RepositorySettings Repository { get; init; }

    /// <summary>Its database.</summary>
    public required UltimateDatabaseSettings Database { get; init; }

    /// <summary>Where its media go.</summary>
    public required UltimateMediaSettings Media { get; init; }
}
