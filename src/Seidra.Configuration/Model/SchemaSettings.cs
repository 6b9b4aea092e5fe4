namespace Seidra.Configuration;

/// <summary>How rows are mapped.</summary>
public sealed record SchemaSettings
{
    /// <summary>Absolute path of a schema map that adds to the built-in one.</summary>
    [LocalPath]
    public string? Map { get; init; }

    /// <summary>Columns (<c>table.column</c>) that may stay behind.</summary>
    public IReadOnlyList<string> AcceptUnmapped { get; init; } = [];
}
