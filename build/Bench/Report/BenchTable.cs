using System.Globalization;
using System.Text;

namespace Seidra.Cutover.Bench;

/// <summary>The report as a table for people.</summary>
internal static class BenchTable
{
    private const string Heading =
        "                                       ours                     peer                     ratio (bound)                            holds\n" +
        "                                       wall s   CPU s  RSS MB   wall s   CPU s  RSS MB   wall         CPU          RSS\n";

    /// <summary>The table, figures below their rows, a line on the machine at the end.</summary>
    public static string Render(BenchReport report)
    {
        var text = new StringBuilder(Heading);
        foreach (var row in report.Rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Name,-36} {Costs(row.Ours)} {Costs(row.Peer?.Cost)}   {Ratios(row)}{Verdict(row)}").AppendLine();
            if (row.Peer is { } peer)
            {
                text.Append(CultureInfo.InvariantCulture, $"    peer: {peer.Name}").AppendLine();
            }

            foreach (var (name, figure) in row.Figures)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {name}: {figure}{(figure.Holds ? "" : "  <-- does not hold")}").AppendLine();
            }

            if (row.Reason is { } reason)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {(row.Failed ? "failed" : "not judged")}: {reason}").AppendLine();
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"{report.Machine.Cores} cores, {report.Machine.Processor}, load before {string.Join(' ', report.Load)}; ");
        text.Append(CultureInfo.InvariantCulture, $"{report.ClassicRows} jobs and as many media, medians of {report.Repeat}").AppendLine();
        return report.Scaled
            ? text.AppendLine(CultureInfo.InvariantCulture, $"Scaled: the bounds are meant for {BenchRequest.FullRows} jobs and are not judged.").ToString()
            : text.ToString();
    }

    private static string Costs(Cost? cost) => cost is null
        ? string.Create(CultureInfo.InvariantCulture, $"{"-",8}{"-",8}{"-",8}")
        : string.Create(CultureInfo.InvariantCulture, $"{cost.WallS,8:0.00}{cost.ClientCpuS,8:0.00}{cost.RssMb,8:0}");

    private static string Ratios(BenchRow row) =>
        Part(row.Ratio?.Wall, row.Bound?.Wall) + Part(row.Ratio?.Cpu, row.Bound?.Cpu) + Part(row.Ratio?.Rss, row.Bound?.Rss);

    private static string Part(double? ratio, double? bound)
    {
        var value = ratio is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00}");
        return (bound is null ? value : string.Create(CultureInfo.InvariantCulture, $"{value} ({bound:0.00})")).PadRight(13);
    }

    private static string Verdict(BenchRow row) => row.Holds switch { true => "yes", false => "NO", null => "?" };
}
