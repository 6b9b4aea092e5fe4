using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Database;
using Seidra.Delivery;

namespace Seidra.Cutover.Movement;

/// <summary>Looks where <c>/api/health</c> does not: Ultimate's database, and a media file fetched as a client would.</summary>
public sealed class UltimateHealth(DatabaseEndpoint database, string? door, int successes)
{
    private const int FilesTried = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Checks HTTP, database and media at <paramref name="url"/>.</summary>
    /// <exception cref="StepException">One of them is not as it should be.</exception>
    public async Task<HealthFigures> CheckAsync(Uri url, CancellationToken cancellation)
    {
        var http = await AnswersAsync(url, successes, cancellation);
        var described = await DatabaseProbe.DescribeAsync(database, cancellation);
        var rows = described.Tables.Sum(table => table.Rows);
        var files = await FetchOneAsync(url, cancellation);
        return new HealthFigures(http + (rows > 0 ? 1 : 0) + files, http, rows, files);
    }

    /// <summary>Checks Ultimate as clients now see it, through the front door.</summary>
    /// <exception cref="StepException">The front door does not answer as it should.</exception>
    public Task CheckDoorAsync(CancellationToken cancellation) => AnswersAsync(new Uri(door!), 1, cancellation);

    private static async Task<int> AnswersAsync(Uri url, int times, CancellationToken cancellation)
    {
        var result = await HealthProbe.WaitAsync(new Uri(url, "/api/health").ToString(), times, Patience, Interval, cancellation: cancellation);
        return result.Healthy ? result.Successes : throw new StepException(
            ExitCodes.StepFailed, $"Expected {url} to be healthy {times} times in a row, found: {result.LastFailure}. Look at its log.");
    }

    // The first row whose file is there: rows that lacked their object in Classic already are the cross-check's business.
    private async Task<int> FetchOneAsync(Uri url, CancellationToken cancellation)
    {
        var tried = 0;
        await foreach (var row in MediaRows.ReadAsync(database, cancellation))
        {
            if (await FileProbe.IsServedAsync(new Uri(url, $"/media/{Uri.EscapeDataString(Path.GetFileName(row.FilePath))}"), cancellation))
            {
                return 1;
            }

            if (++tried == FilesTried)
            {
                break;
            }
        }

        return tried == 0 ? 0 : throw new StepException(
            ExitCodes.StepFailed, $"Expected {url} to serve the files that its media rows name, found none of the first {tried}. Run: ./build.sh --target=CrossCheck");
    }
}
