namespace Seidra.Media;

/// <summary>How long to wait before which attempt: twice as long each time, with jitter, so that many workers do not come
/// back at once.</summary>
internal sealed record RetryPolicy(int Attempts, TimeSpan First, TimeSpan Longest)
{
    public static RetryPolicy Default { get; } = new(6, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));

    /// <summary>The wait after the given failed attempt (1 = the first); what the server asks for comes first.</summary>
    public TimeSpan DelayAfter(int attempt, TimeSpan? asked = null)
    {
        if (asked is { } wait)
        {
            return wait < Longest ? wait : Longest;
        }

        var ceiling = Math.Min(Longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, attempt - 1));
        return TimeSpan.FromMilliseconds(ceiling * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
