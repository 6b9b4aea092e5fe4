namespace Seidra.Configuration;

/// <summary>The monitoring to validate.</summary>
public sealed record MonitoringSettings
{
    /// <summary>Address of Prometheus; null leaves the line pending.</summary>
    [Url(UrlKind.Http)]
    public string? PrometheusUrl { get; init; }

    /// <summary>Address of Grafana; null leaves the line pending.</summary>
    [Url(UrlKind.Http)]
    public string? GrafanaUrl { get; init; }
}
