namespace Seidra.Reporting.Tests;

/// <summary>A clock that stands until it is moved, so that a sample journal is the same to the last hash.</summary>
internal sealed class SettableClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(double milliseconds) => _now = _now.AddMilliseconds(milliseconds);
}
