using System.Runtime.ExceptionServices;

namespace Cake.Frosting.Internal;

/// <summary>One task at work: its instance, made when first needed, and what went wrong with it.</summary>
internal sealed class TaskRun(TaskDefinition definition, Func<IFrostingTask> create, IFrostingContext context, RunErrors errors, CancellationToken cancellation)
{
    private readonly Lazy<IFrostingTask> _task = new(create);
    private Exception? _error;
    private Exception? _swallowed;

    public bool ShouldRun()
    {
        // Asked before each task's set-up, so this is where a cancelled run stops going on.
        cancellation.ThrowIfCancellationRequested();
        return _task.Value.ShouldRun(context);
    }

    /// <summary>Gets the task's own words for being skipped; asks an instance only where the class has such words.</summary>
    public string? SkippedMessage => definition.ExplainsSkips ? _task.Value.SkippedMessage : null;

    public async Task RunAsync()
    {
        try
        {
            await _task.Value.RunAsync(context);
        }
        catch (Exception error)
        {
            _error = error;
            throw;
        }
    }

    /// <summary>Returning swallows the error, which a cancelled run never does.</summary>
    public void OnError(Exception exception)
    {
        var swallows = definition.ContinuesOnError || definition.HandlesErrors;
        if (definition.HandlesErrors)
        {
            try
            {
                _task.Value.OnError(exception, context);
            }
            catch (Exception) when (definition.ContinuesOnError)
            {
            }
        }

        if (!swallows || cancellation.IsCancellationRequested)
            ExceptionDispatchInfo.Throw(exception);
        (_error, _swallowed) = (null, exception);
    }

    public void Finally()
    {
        try
        {
            _task.Value.Finally(context);
        }
        catch (Exception error) when (_error is not null)
        {
            // The engine would let this one hide the task's own error.
            errors.Add($"Finally of task '{definition.Name}'", error);
        }
        catch (Exception) when (_swallowed is not null)
        {
            errors.Add($"Task '{definition.Name}'", _swallowed);
            throw;
        }
    }
}
