using Cake.Core.Diagnostics;

namespace Cake.Frosting.Internal;

/// <summary>Writes what went wrong: one error, one line; the whole of it at diagnostic verbosity.</summary>
internal static class ErrorLog
{
    public static void Write(ICakeLog log, string? where, Exception error)
    {
        var errors = error is AggregateException aggregate ? aggregate.Flatten().InnerExceptions.AsEnumerable() : [error];
        foreach (var one in errors)
        {
            var text = log.Verbosity == Verbosity.Diagnostic ? one.ToString() : one.Message;
            log.Write(Verbosity.Quiet, LogLevel.Error, "Error: {0}", where is null ? text : $"{where}: {text}");
        }
    }
}
