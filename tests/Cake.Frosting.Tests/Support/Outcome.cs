namespace Cake.Frosting.Tests.Support;

/// <summary>What a run left behind.</summary>
public sealed record Outcome(int ExitCode, string Out, string Error);
