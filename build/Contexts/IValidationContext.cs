using Seidra.Delivery;
using Seidra.Quality;

namespace Seidra.Cutover.Contexts;

/// <summary>Stage 3: judge Ultimate by its own tests and coverage; no data is in sight.</summary>
public interface IValidationContext : IStepContext
{
    /// <summary>The clone of Ultimate, in which the battery runs.</summary>
    string Clone { get; }

    /// <summary>Runs programs.</summary>
    ProcessRunner Processes { get; }

    /// <summary>What all quality steps depend on: the commit under test and how it is judged.</summary>
    object QualityInputs() => new { commit = Settings.Ultimate.Repository.Commit, Settings.Quality };

    /// <summary>Test reports of the clone, added up; those older than <paramref name="notBefore"/> are refused.</summary>
    TestResult ReadTests(IEnumerable<string> reports, DateTimeOffset? notBefore) => TestResult.Combine(
        reports.Select(report => TestReport.Read(Path.Combine(Clone, report), Path.Combine(Clone, Settings.Quality.Reports), notBefore)));

    /// <summary>A program run inside the clone, with a log file of its own.</summary>
    ProcessSpec InClone(string name, IReadOnlyList<string> command, TimeSpan timeout) => new()
    {
        FileName = command[0],
        Arguments = [.. command.Skip(1)],
        WorkingDirectory = Clone,
        Timeout = timeout,
        LogFile = State.LogFile(name),
        Prefix = name,
    };
}
