namespace Seidra.Delivery;

/// <summary>Which stack Compose works on.</summary>
public sealed record ComposeProject
{
    /// <summary>Name of the project, which keeps stacks on one machine apart: lower-case letters, digits, - and _.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The Compose files, later ones over earlier ones.</summary>
    public required IReadOnlyList<string> File { get; init; }

    /// <summary>Files with variables for the Compose files.</summary>
    public IReadOnlyList<string> EnvFile { get; init; } = [];

    /// <summary>Profiles to switch on.</summary>
    public IReadOnlyList<string> Profile { get; init; } = [];

    /// <summary>The folder to run in; relative files count from here.</summary>
    public required string Directory { get; init; }
}
