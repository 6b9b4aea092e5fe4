using Seidra.Journal;

namespace Seidra.Cutover.Contexts;

/// <summary>Stage 5: the final checklist and the report, from the journal alone.</summary>
public interface IChecklistContext : IStepContext
{
    /// <summary>What the journal says now.</summary>
    JournalSnapshot Journal { get; }

    /// <summary>What the client probe counted; <c>null</c> where no probe runs.</summary>
    Task<ProbeReading?> ReadProbeAsync();
}
