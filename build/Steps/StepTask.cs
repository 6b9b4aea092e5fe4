using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Journal;

namespace Seidra.Cutover.Steps;

/// <summary>A line of the guide as a task: the subclass says what it reads, how it acts and how it is undone; the rest is shared.</summary>
/// <typeparam name="TContext">The facet of the run that this stage may see.</typeparam>
public abstract class StepTask<TContext> : AsyncFrostingTask<TContext>, IStepTask
    where TContext : class, IStepContext
{
    /// <inheritdoc/>
    public sealed override Task RunAsync(TContext context) => context.Steps.RunAsync(new StepDefinition(
        StepCatalog.NameOf(GetType()),
        StepCatalog.RequiredBy(GetType()),
        () => Inputs(context),
        () => Undo(context),
        done => StillHoldsAsync(context, done),
        () => ActAsync(context)));

    /// <summary>Everything that, if it changed, would make an earlier success worthless; never a secret.</summary>
    protected abstract object Inputs(TContext context);

    /// <summary>Acts, verifies, and returns what was compared.</summary>
    protected abstract Task<Outcome> ActAsync(TContext context);

    /// <summary>Whether an earlier success is still true of the world; cheap, and read-only.</summary>
    protected virtual Task<bool> StillHoldsAsync(TContext context, StepState done) => Task.FromResult(true);

    /// <summary>How <c>Rollback</c> takes this step back; <c>null</c> where it only adds to the state folder.</summary>
    protected virtual UndoRecord? Undo(TContext context) => null;
}
