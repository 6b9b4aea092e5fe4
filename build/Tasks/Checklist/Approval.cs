namespace Seidra.Cutover.Tasks.Checklist;

/// <summary>One person's approval.</summary>
/// <param name="By">Who gave it.</param>
/// <param name="At">When, as an ISO 8601 instant in UTC.</param>
public sealed record Approval(string By, string At);
