using System.Diagnostics;
using System.Globalization;

namespace Seidra.Cutover.Bench;

/// <summary>Tells on standard error how far the suite is; standard output is for the table.</summary>
internal sealed class BenchLog(TextWriter output)
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>One line with the time since the start.</summary>
    public void Line(string text) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_watch.Elapsed.TotalSeconds,7:0.0} s  {text}"));
}
