using Cake.Core;

namespace Cake.Frosting.Internal;

/// <summary>Exit codes, and how an exception gives one.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Cancelled = 130;

    private const string Key = "ExitCode";

    /// <summary>The code of a run that ended with these errors, the most telling first.</summary>
    /// <remarks>After a signal a child process often dies with a code of its own, so only a deliberate one counts then.</remarks>
    public static int Of(IEnumerable<Exception> errors, bool cancelled)
    {
        var all = errors.SelectMany(Chain).ToList();
        var deliberate = all.Select(error => error.Data[Key] as int?).FirstOrDefault(code => code is not null);
        if (deliberate is { } stated)
            return Clean(stated);
        if (cancelled)
            return Cancelled;
        return Clean(all.OfType<CakeException>().Select(error => error.ExitCode).FirstOrDefault(code => code is not (Done or Failed), Failed));
    }

    private static IEnumerable<Exception> Chain(Exception error)
    {
        yield return error;
        var inner = error is AggregateException aggregate ? aggregate.InnerExceptions.AsEnumerable() : error.InnerException is { } one ? [one] : [];
        foreach (var deeper in inner.SelectMany(Chain))
            yield return deeper;
    }

    // A shell sees the low byte only: 256 would arrive there as success.
    private static int Clean(int code) => (code & 0xFF) == 0 ? Failed : code;
}
