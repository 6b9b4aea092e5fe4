using System.Runtime.ExceptionServices;

namespace Seidra.Media;

/// <summary>Waits for tasks that cancel one another when one fails.</summary>
internal static class FirstCause
{
    /// <summary>Waits for all; throws what failed first, not the cancellations that followed from it.</summary>
    public static async Task OfAsync(IReadOnlyCollection<Task> tasks, CancellationToken ct)
    {
        var all = Task.WhenAll(tasks);
        await all.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        ct.ThrowIfCancellationRequested();
        if (all.Exception?.InnerExceptions.FirstOrDefault(error => error is not OperationCanceledException) is { } cause)
        {
            ExceptionDispatchInfo.Throw(cause);
        }

        await all;
    }
}
