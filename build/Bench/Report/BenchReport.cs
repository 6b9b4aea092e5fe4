using System.Text.Encodings.Web;
using System.Text.Json;

namespace Seidra.Cutover.Bench;

/// <summary>What a run of a suite measured.</summary>
/// <param name="Suite">The suite's name.</param>
/// <param name="Machine">Where it ran.</param>
/// <param name="Load">The load averages of 1, 5 and 15 minutes before it ran.</param>
/// <param name="ClassicRows">Jobs of Classic, and as many media.</param>
/// <param name="Repeat">How many runs the medians are of.</param>
/// <param name="Scaled">Whether it was smaller than what the bounds are meant for.</param>
/// <param name="Rows">The measurements.</param>
internal sealed record BenchReport(
    string Suite, Machine Machine, IReadOnlyList<double> Load, int ClassicRows, int Repeat, bool Scaled, IReadOnlyList<BenchRow> Rows)
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // A file, not a web page: a command line stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What ends the run with a failure, in words. Of a scaled run only what did not work at all: its bounds are for more rows.</summary>
    public IReadOnlyList<string> Failures =>
    [
        .. from row in Rows
           where row.Failed
           select $"{row.Name}: {row.Reason}",
        .. from row in Rows
           where !Scaled && !row.Failed
           from broken in row.Broken
           select $"{row.Name}: {broken}",
    ];

    /// <summary>The rows whose bounds have nothing to be compared with, in words; never a green run.</summary>
    public IReadOnlyList<string> Unjudged => [.. Rows.Where(row => row.Holds is null).Select(row => $"{row.Name}: {row.Reason}")];

    /// <summary>The report as JSON; the shape is in the README.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            suite = Suite,
            machine = Machine,
            load = Load,
            classicRows = ClassicRows,
            repeat = Repeat,
            scaled = Scaled,
            rows = Rows.Select(row => new
            {
                name = row.Name,
                ours = Costs(row.Ours),
                peer = row.Peer is { } peer
                    ? new { name = peer.Name, command = peer.Command, wallS = Round(peer.Cost.WallS), clientCpuS = Round(peer.Cost.ClientCpuS), rssMb = Round(peer.Cost.RssMb) }
                    : null,
                ratio = Ratios(row.Ratio),
                bound = Ratios(row.Bound),
                figures = row.Figures.ToDictionary(figure => figure.Key, figure => new
                {
                    value = Round(figure.Value.Value),
                    unit = figure.Value.Unit,
                    bound = figure.Value.Bound,
                    atLeast = figure.Value.AtLeast,
                    scaled = Scaled,
                }),
                holds = row.Holds,
                reason = row.Reason,
                scaled = Scaled,
            }),
        },
        Indented) + Environment.NewLine;

    /// <summary>Writes the JSON, whole or not at all.</summary>
    /// <returns>The file.</returns>
    public async Task<string> WriteAsync(string folder, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{Suite}.json");
        var fresh = file + ".new";
        await File.WriteAllTextAsync(fresh, ToJson(), cancel);
        File.Move(fresh, file, overwrite: true);
        return file;
    }

    private static object? Costs(Cost? cost) =>
        cost is null ? null : new { wallS = Round(cost.WallS), clientCpuS = Round(cost.ClientCpuS), rssMb = Round(cost.RssMb) };

    private static object? Ratios(Ratio? ratio) =>
        ratio is null ? null : new { wall = Round(ratio.Wall), cpu = Round(ratio.Cpu), rss = Round(ratio.Rss) };

    private static double? Round(double? value) => value is { } number && double.IsFinite(number) ? Math.Round(number, 3) : null;
}
