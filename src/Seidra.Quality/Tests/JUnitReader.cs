using System.Xml;

namespace Seidra.Quality;

/// <summary>
/// One pass over a JUnit document. Tests are counted from the testcase elements; what the suites declare is held
/// against the count, because a report that lists less than it declares hides results.
/// </summary>
internal sealed class JUnitReader(ReportFile file, XmlReader reader)
{
    // Suites nest two or three deep; thousands would overflow the stack.
    private const int MaxDepth = 64;

    private readonly List<string> _failures = [];
    private readonly List<string> _passes = [];
    private long _tests;
    private long _skipped;
    private long _flaky;

    public TestResult Read()
    {
        if (reader.Name is not ("testsuites" or "testsuite"))
        {
            throw SafeXml.At(reader, file, $"expected JUnit, whose root is <testsuites> or <testsuite>, found <{reader.Name}>. Name the JUnit file.");
        }

        ReadSuite();
        return new TestResult(_tests, _passes.Count, _failures.Count, _skipped, _flaky, _failures, _passes, [file.Path]);
    }

    private void ReadSuite()
    {
        if (reader.Depth > MaxDepth) throw SafeXml.At(reader, file, $"suites nest deeper than {MaxDepth} levels: this is no test report.");
        var name = reader.GetAttribute("name") ?? reader.Name;
        var declared = SafeXml.Count(reader, file, "tests") ?? 0;
        var declaredFailures = (SafeXml.Count(reader, file, "failures") ?? 0) + (SafeXml.Count(reader, file, "errors") ?? 0);
        var (testsBefore, failuresBefore) = (_tests, _failures.Count);
        ReadChildren(element =>
        {
            if (element is "testsuite" or "testsuites") ReadSuite();
            else if (element == "testcase") ReadCase();
            else reader.Skip();
        });

        var (tests, failures) = (_tests - testsBefore, _failures.Count - failuresBefore);
        if (tests < declared)
        {
            throw SafeXml.At(reader, file, $"suite \"{name}\" declares {declared} tests but lists {tests}. Run the quality command again.");
        }

        if (failures == 0 && declaredFailures > 0)
        {
            throw SafeXml.At(reader, file, $"suite \"{name}\" declares {declaredFailures} failures but lists none. Run the quality command again.");
        }
    }

    private void ReadCase()
    {
        var name = Name();
        // googletest marks disabled tests by status alone.
        var (failed, skipped, flaky) = (false, reader.GetAttribute("status") is "notrun" or "disabled" or "skipped", false);
        ReadChildren(element =>
        {
            failed |= element is "failure" or "error";
            skipped |= element is "skipped" or "disabled";
            flaky |= element is "flakyFailure" or "flakyError";
            reader.Skip();
        });

        _tests++;
        if (failed)
        {
            _failures.Add(name);
        }
        else if (skipped)
        {
            _skipped++;
        }
        else
        {
            _passes.Add(name);
            _flaky += flaky ? 1 : 0;
        }
    }

    private string Name()
    {
        var (type, name) = (reader.GetAttribute("classname"), reader.GetAttribute("name") ?? "(unnamed)");
        return string.IsNullOrEmpty(type) || name.StartsWith(type, StringComparison.Ordinal) ? name : $"{type} > {name}";
    }

    // Calls back on each child element, which the callback consumes; leaves the reader behind the end element.
    private void ReadChildren(Action<string> child)
    {
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return;
        }

        reader.Read();
        while (reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType == XmlNodeType.Element) child(reader.Name);
            else if (!reader.Read()) return;
        }

        reader.Read();
    }
}
