using Seidra.Cutover.Steps;

namespace Seidra.Cutover.Lifetime;

/// <summary>Which targets need an open run: the steps, and the operator's targets that act.</summary>
public static class SessionTargets
{
    private static readonly HashSet<string> Acting = ["Preflight", "Rollback", "Approve", "Follow", "VerifyDatabase", "Finish"];

    /// <summary>Whether <paramref name="task"/> needs lock, journal and settings.</summary>
    public static bool Need(string task) => StepCatalog.Names.Contains(task) || Acting.Contains(task);
}
