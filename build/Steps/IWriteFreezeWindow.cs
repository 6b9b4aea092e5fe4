namespace Seidra.Cutover.Steps;

/// <summary>The one write freeze of a run, as the step runner needs to see it: is it on, and take it back.</summary>
public interface IWriteFreezeWindow
{
    /// <summary>Whether Classic's writes are held by this run right now.</summary>
    bool IsHeld { get; }

    /// <summary>Whether the freeze reached its deadline before the switch was done.</summary>
    bool HasExpired { get; }

    /// <summary>Gives Classic its writes back; does nothing where none are held.</summary>
    Task ReleaseAsync();
}
