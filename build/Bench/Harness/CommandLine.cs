namespace Seidra.Cutover.Bench;

/// <summary>A program to start.</summary>
/// <param name="Program">Its full path.</param>
/// <param name="Arguments">Its arguments; never secrets, other users see them.</param>
/// <param name="Environment">Variables beside those of this process.</param>
/// <param name="Directory">Where it runs.</param>
internal sealed record CommandLine(string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, string Directory);
