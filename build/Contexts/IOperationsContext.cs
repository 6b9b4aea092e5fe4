using System.Text.Json.Nodes;
using Cake.Frosting;
using Seidra.Cutover.Movement;
using Seidra.Cutover.Steps;
using Seidra.Database;
using Seidra.Journal;

namespace Seidra.Cutover.Contexts;

/// <summary>What the operator's targets see. Those that only read use the state folder; those that act have an open run.</summary>
public interface IOperationsContext : IFrostingContext
{
    /// <summary>Where the state lies.</summary>
    StatePaths State { get; }

    /// <summary>The language of texts, <c>en</c> or <c>fr</c>.</summary>
    string Language { get; }

    /// <summary>Whether <c>--json</c> was given.</summary>
    bool Json { get; }

    /// <summary>Fires when the run is to end.</summary>
    CancellationToken Cancellation { get; }

    /// <summary>Tells the person before the screen.</summary>
    IRunConsole Screen { get; }

    /// <summary>Classic's database.</summary>
    DatabaseEndpoint ClassicDatabase { get; }

    /// <summary>Ultimate's database.</summary>
    DatabaseEndpoint UltimateDatabase { get; }

    /// <summary>Moves and proves rows.</summary>
    DatabaseMovement Rows { get; }

    /// <summary>The way back after the switch.</summary>
    WayBack WayBack { get; }

    /// <summary>Hours after the switch before Classic may be released.</summary>
    int GraceHours { get; }

    /// <summary>Whether the last delta was caught up and clients are already at Ultimate.</summary>
    Task<bool> IsSwitchedAsync();

    /// <summary>Looks before anything acts.</summary>
    Preflight Preflight { get; }

    /// <summary>Plays undo records.</summary>
    UndoPlayer Undo { get; }

    /// <summary>Reads the journal, beside a running writer or not.</summary>
    JournalSnapshot ReadJournal();

    /// <summary>Puts a fact into the journal.</summary>
    void Record(string fact, JsonNode value);

    /// <summary>An argument of the command line; <c>null</c> where it was not given.</summary>
    string? Argument(string name);
}
