namespace Seidra.Database;

/// <summary>One of PostgreSQL's programs on this machine.</summary>
/// <param name="Path">Absolute path of the executable.</param>
/// <param name="Version">Its version as it prints it, such as <c>15.14</c>.</param>
/// <param name="Major">The part of the version that decides compatibility.</param>
public sealed record PgTool(string Path, string Version, int Major);
