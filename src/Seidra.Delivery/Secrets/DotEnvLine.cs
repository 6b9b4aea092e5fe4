namespace Seidra.Delivery;

/// <summary>One assignment (which a quoted value may stretch over several lines) or one line of something else.</summary>
/// <param name="Raw">The text as it stands, without the last line break.</param>
/// <param name="Name">The variable; null where the line is no assignment.</param>
/// <param name="Value">Its value; null where the line is no assignment.</param>
internal sealed record DotEnvLine(string Raw, string? Name = null, string? Value = null);
