using System.Collections.Concurrent;
using System.Xml.Linq;

namespace Seidra.Cutover.Tasks.Repository;

/// <summary>
/// Runs the test projects in two lanes: most tests wait for servers, so that one project at a time leaves half of a small
/// machine idle, and all at once would starve the servers.
/// </summary>
public static class TestLanes
{
    private const int Lanes = 2;

    // It takes as long as all the others together: begun last, it would be waited for alone.
    private const string Longest = "EndToEnd.Tests";

    /// <summary>The solution's test projects by their names, in the order to begin them.</summary>
    public static IReadOnlyList<string> Projects(string solution) =>
    [
        .. XDocument.Load(solution).Descendants("Project")
            .Select(project => Path.GetFileNameWithoutExtension((string)project.Attribute("Path")!))
            .Where(name => name.EndsWith(".Tests", StringComparison.Ordinal))
            .OrderByDescending(name => name == Longest),
    ];

    /// <summary>Runs every project, two at a time; one that fails does not keep the others from running.</summary>
    /// <param name="projects">Their names, in the order to begin them.</param>
    /// <param name="run">Runs one; returns what failed, or <c>null</c>.</param>
    /// <returns>What failed, in the order of the projects.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<string> projects, Func<string, Task<string?>> run)
    {
        var waiting = new ConcurrentQueue<string>(projects);
        var failures = new ConcurrentDictionary<string, string>();
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => LaneAsync()));
        return [.. projects.Where(failures.ContainsKey).Select(project => failures[project])];

        async Task LaneAsync()
        {
            while (waiting.TryDequeue(out var project))
            {
                if (await run(project) is { } failure)
                {
                    failures[project] = failure;
                }
            }
        }
    }
}
