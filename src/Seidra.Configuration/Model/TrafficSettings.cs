namespace Seidra.Configuration;

/// <summary>What switches traffic from Classic to Ultimate.</summary>
public sealed record TrafficSettings
{
    /// <summary>The provider; none leaves the line pending.</summary>
    public TrafficProvider Provider { get; init; }

    /// <summary>Address that the users have: the front door.</summary>
    [Url(UrlKind.Http)]
    public string? Url { get; init; }

    /// <summary>Address of the front door's administration.</summary>
    [Url(UrlKind.Http)]
    public string? AdminUrl { get; init; }

    /// <summary>Token for it.</summary>
    public Secret? AdminToken { get; init; }
}
