using Cake.Core;
using Cake.Frosting.Internal;

namespace Cake.Frosting;

/// <summary>A task on a typed context.</summary>
/// <typeparam name="T">What the task may see: the type of the run's context, or an interface it implements.</typeparam>
public abstract class FrostingTask<T> : IFrostingTask
    where T : ICakeContext
{
    /// <summary>Initializes a new instance of the <see cref="FrostingTask{T}"/> class.</summary>
    protected FrostingTask()
    {
    }

    /// <inheritdoc/>
    string IFrostingTask.SkippedMessage => string.Empty;

    /// <summary>Does the work. A task that does not override this only groups its dependencies.</summary>
    /// <param name="context">The context of the run.</param>
    public virtual void Run(T context)
    {
    }

    /// <summary>The criterion: tells whether the task is to run; by default it is.</summary>
    /// <param name="context">The context of the run.</param>
    /// <returns><see langword="false"/> to skip the task; its dependents still run.</returns>
    public virtual bool ShouldRun(T context) => true;

    /// <summary>Called with what the work threw. Returning swallows the error, throwing keeps it.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="context">The context of the run.</param>
    public virtual void OnError(Exception exception, T context)
    {
    }

    /// <summary>Called after the task, whether it succeeded, failed or was cancelled.</summary>
    /// <param name="context">The context of the run.</param>
    public virtual void Finally(T context)
    {
    }

    /// <inheritdoc/>
    Task IFrostingTask.RunAsync(ICakeContext context)
    {
        Run(Facet.Of<T>(context, this));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    bool IFrostingTask.ShouldRun(ICakeContext context) => ShouldRun(Facet.Of<T>(context, this));

    /// <inheritdoc/>
    void IFrostingTask.OnError(Exception exception, ICakeContext context) => OnError(exception, Facet.Of<T>(context, this));

    /// <inheritdoc/>
    void IFrostingTask.Finally(ICakeContext context) => Finally(Facet.Of<T>(context, this));
}
