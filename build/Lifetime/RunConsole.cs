using System.Diagnostics;
using Cake.Core.Diagnostics;
using Seidra.Cutover.Steps;
using Seidra.Journal;
using Seidra.Reporting;

namespace Seidra.Cutover.Lifetime;

/// <summary>Speaks through Cake's log, so that <c>--verbosity</c> rules it; a bar in a terminal, plain lines elsewhere.</summary>
public sealed class RunConsole(ICakeLog log, string language) : IRunConsole
{
    private const int BarWidth = 30;
    private static readonly TimeSpan PlainEvery = TimeSpan.FromSeconds(2);
    private readonly bool _terminal = !Console.IsOutputRedirected;
    private readonly Stopwatch _sincePlain = Stopwatch.StartNew();
    private string _what = "";
    private bool _bar;

    /// <inheritdoc/>
    public void Line(string text)
    {
        EndBar();
        log.Information("{0}", text);
    }

    /// <inheritdoc/>
    public void Progress(string what, long done, long total)
    {
        if (log.Verbosity < Verbosity.Normal || total <= 0)
        {
            return;
        }

        var percent = Math.Min(100, 100 * done / total);
        if (_terminal)
        {
            var filled = (int)(BarWidth * percent / 100);
            Console.Out.Write($"\r{new string('━', filled)}{new string('─', BarWidth - filled)} {percent,3} %  {done:N0}/{total:N0} {what} ");
            _bar = true;
        }
        else if (_what != what)
        {
            // A new operation: its first plain line comes when it turns out to be long.
            _what = what;
            _sincePlain.Restart();
        }
        else if (_sincePlain.Elapsed >= PlainEvery)
        {
            _sincePlain.Restart();
            log.Information("{0} % ({1}/{2} {3})", percent, done, total, what);
        }
    }

    /// <inheritdoc/>
    public void Reused(string step) => Line(StepText.Reused(step, language));

    /// <inheritdoc/>
    public void Passed(string step, Evidence evidence, TimeSpan duration) => Line(StepText.Passed(step, evidence, duration, language));

    /// <inheritdoc/>
    public void Pending(string step, string reason) => Line(StepText.Pending(step, reason, language));

    private void EndBar()
    {
        if (_bar)
        {
            Console.Out.Write($"\r{new string(' ', BarWidth + 40)}\r");
            _bar = false;
        }
    }
}
