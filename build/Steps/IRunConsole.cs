using Seidra.Journal;

namespace Seidra.Cutover.Steps;

/// <summary>What a run tells the person before the screen.</summary>
public interface IRunConsole
{
    /// <summary>One plain line.</summary>
    void Line(string text);

    /// <summary>The progress of a long operation: done and total of <paramref name="what"/>; total 0 where unknown.</summary>
    void Progress(string what, long done, long total);

    /// <summary>The step was done before with the same inputs, and still holds.</summary>
    void Reused(string step);

    /// <summary>The step passed.</summary>
    void Passed(string step, Evidence evidence, TimeSpan duration);

    /// <summary>The step waits; <paramref name="reason"/> is a resource key.</summary>
    void Pending(string step, string reason);
}
