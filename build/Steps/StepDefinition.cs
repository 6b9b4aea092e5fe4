using Seidra.Journal;

namespace Seidra.Cutover.Steps;

/// <summary>One step as the runner sees it: what it is, what it needs, and its four moves.</summary>
/// <param name="Name">The step's name, the same as its target.</param>
/// <param name="Requires">The steps that must stand in the journal before this one may act.</param>
/// <param name="Inputs">Everything that, if it changed, would make an earlier success worthless.</param>
/// <param name="Undo">How to take the step back; <c>null</c> where it touches nothing outside the state folder.</param>
/// <param name="StillHolds">Whether an earlier success is still true of the world.</param>
/// <param name="Act">Acts and verifies.</param>
public sealed record StepDefinition(
    string Name,
    IReadOnlyList<string> Requires,
    Func<object> Inputs,
    Func<UndoRecord?> Undo,
    Func<StepState, Task<bool>> StillHolds,
    Func<Task<Outcome>> Act);
