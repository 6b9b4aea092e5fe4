using System.Collections.ObjectModel;

namespace Seidra.Configuration;

/// <summary>The settings of one migration: immutable, complete with defaults, secrets resolved but never printed.</summary>
public sealed record SeidraSettings
{
    /// <summary>Version of the settings format.</summary>
    [Range(1, 1)]
    public int Version { get; init; } = 1;

    /// <summary>Name of this migration; its journal is bound to it.</summary>
    [Pattern("^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$", "a name of letters, digits, dots, hyphens, underscores (at most 63)")]
    public required string Instance { get; init; }

    /// <summary>The side that serves until the switch.</summary>
    public required ClassicSettings Classic { get; init; }

    /// <summary>The side that serves after the switch.</summary>
    public required UltimateSettings Ultimate { get; init; }

    /// <summary>How rows are mapped.</summary>
    public SchemaSettings Schema { get; init; } = new();

    /// <summary>Where the backup goes.</summary>
    public BackupSettings Backup { get; init; } = new();

    /// <summary>The staging stack.</summary>
    public StagingSettings Staging { get; init; } = new();

    /// <summary>The production stack.</summary>
    public ProductionSettings Production { get; init; } = new();

    /// <summary>The QA battery and its gates.</summary>
    public QualitySettings Quality { get; init; } = new();

    /// <summary>What switches traffic.</summary>
    public TrafficSettings Traffic { get; init; } = new();

    /// <summary>The write freeze.</summary>
    public FreezeSettings Freeze { get; init; } = new();

    /// <summary>How media are copied.</summary>
    public MediaSettings Media { get; init; } = new();

    /// <summary>Where Ultimate's secrets are kept.</summary>
    public SecretsSettings Secrets { get; init; } = new();

    /// <summary>The demo account.</summary>
    public DemoSettings Demo { get; init; } = new();

    /// <summary>The CI workflows.</summary>
    public WorkflowsSettings Workflows { get; init; } = new();

    /// <summary>The monitoring to validate.</summary>
    public MonitoringSettings Monitoring { get; init; } = new();

    /// <summary>The report.</summary>
    public ReportSettings Report { get; init; } = new();

    /// <summary>The release of Classic.</summary>
    public ReleaseSettings Release { get; init; } = new();

    /// <summary>Programs that are called.</summary>
    public ToolsSettings Tools { get; init; } = new();

    /// <summary>Where each value comes from, by key; what is missing here is a default.</summary>
    internal IReadOnlyDictionary<string, string> Origins { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>All values, one <c>key = value  (source)</c> per line; secrets print as their reference, never as their value.</summary>
    public string Describe() => SettingsDescription.Of(this);
}
