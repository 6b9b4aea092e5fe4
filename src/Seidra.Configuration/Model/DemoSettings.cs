namespace Seidra.Configuration;

/// <summary>The demo account, rotated at the end.</summary>
public sealed record DemoSettings
{
    /// <summary>Its name.</summary>
    public string Username { get; init; } = "demo";

    /// <summary>Its password before the rotation, to prove that it is refused afterwards; null where unknown.</summary>
    public Secret? InitialPassword { get; init; }
}
