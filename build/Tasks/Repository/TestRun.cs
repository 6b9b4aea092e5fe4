using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Seidra.Cutover.Tasks.Repository;

/// <summary>What a whole test run came to, read from the TRX and Cobertura files that it left.</summary>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failed">Tests that failed.</param>
/// <param name="Skipped">Tests that did not run.</param>
/// <param name="Coverage">Line coverage in percent by project, all test projects together.</param>
public sealed record TestRun(int Passed, int Failed, int Skipped, IReadOnlyDictionary<string, double> Coverage)
{
    /// <summary>Reads every result below <paramref name="folder"/>.</summary>
    public static TestRun Read(string folder)
    {
        var counters = Files(folder, "*.trx")
            .Select(file => XDocument.Load(file).Descendants().Single(element => element.Name.LocalName == "Counters"))
            .ToList();
        var passed = counters.Sum(counter => (int)counter.Attribute("passed")!);
        var failed = counters.Sum(counter => (int)counter.Attribute("failed")!);
        var total = counters.Sum(counter => (int)counter.Attribute("total")!);
        return new TestRun(passed, failed, total - passed - failed, CoverageBelow(folder));
    }

    /// <summary>The table of coverage, and the closing line that CI reads.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        foreach (var (project, percent) in Coverage.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{project,-24} {percent,5:0.0} % of lines covered");
        }

        return text.AppendLine(CultureInfo.InvariantCulture, $"{Passed} passed, {Failed} failed, {Skipped} skipped").ToString();
    }

    // A line counts as covered where any test project covered it.
    private static Dictionary<string, double> CoverageBelow(string folder)
    {
        var lines = new Dictionary<(string Project, string File, int Line), bool>();
        foreach (var file in Files(folder, "coverage.cobertura.xml"))
        {
            foreach (var package in XDocument.Load(file).Descendants("package"))
            {
                foreach (var type in package.Descendants("class"))
                {
                    foreach (var line in type.Elements("lines").Elements("line"))
                    {
                        var key = ((string)package.Attribute("name")!, (string)type.Attribute("filename")!, (int)line.Attribute("number")!);
                        lines[key] = (int)line.Attribute("hits")! > 0 || lines.GetValueOrDefault(key);
                    }
                }
            }
        }

        return lines.GroupBy(line => line.Key.Project).ToDictionary(group => group.Key, group => 100.0 * group.Count(line => line.Value) / group.Count());
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories) : [];
}
