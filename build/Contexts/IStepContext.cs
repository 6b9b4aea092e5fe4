using Cake.Frosting;
using Seidra.Configuration;
using Seidra.Cutover.Steps;
using Seidra.Journal;

namespace Seidra.Cutover.Contexts;

/// <summary>What every step of the migration may see, whatever its stage.</summary>
public interface IStepContext : IFrostingContext
{
    /// <summary>Runs the step by the rules that all steps share.</summary>
    StepRunner Steps { get; }

    /// <summary>The settings of this migration.</summary>
    SeidraSettings Settings { get; }

    /// <summary>Where this run keeps what.</summary>
    StatePaths State { get; }

    /// <summary>Fires when the run is to end: a signal, or the deadline of the write freeze.</summary>
    CancellationToken Cancellation { get; }

    /// <summary>Tells the person before the screen.</summary>
    IRunConsole Screen { get; }

    /// <summary>What an earlier step verified; <c>null</c> where it has not passed.</summary>
    Evidence? EvidenceOf(string step);

    /// <summary>When the last attempt of a step began, UTC; <c>null</c> where it never ran.</summary>
    DateTimeOffset? StartOf(string step);

    /// <summary>Whether a step stands as passed in the journal.</summary>
    bool HasPassed(string step) => EvidenceOf(step) is not null;
}
