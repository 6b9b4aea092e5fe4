using Seidra.Journal;

namespace Seidra.Cutover.Tasks.Checklist;

/// <summary>What people approved, as the journal holds it.</summary>
public static class Approvals
{
    /// <summary>The name under which the approval of <paramref name="item"/> is a fact of the journal.</summary>
    public static string FactName(string item) => $"approval.{item}";

    /// <summary>The approval of <paramref name="item"/>; <c>null</c> where nobody gave it.</summary>
    public static Approval? Of(JournalSnapshot journal, string item) =>
        journal.Facts.GetValueOrDefault(FactName(item)) is { } fact
            ? new Approval((string)fact["by"]!, (string)fact["at"]!)
            : null;
}
