using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Database;
using Seidra.Delivery;

namespace Seidra.Cutover.Movement;

/// <summary>Looks where <c>/api/health</c> does not: Ultimate's database, and a media file fetched as a client would.</summary>
public sealed class UltimateHealth(HealthProbe health, DatabaseEndpoint database, Uri? door, int successes, TimeSpan timeout)
{
    /// <summary>Checks HTTP, database and media at <paramref name="url"/>.</summary>
    public async Task<HealthFigures> CheckAsync(Uri url, CancellationToken cancellation)
    {
        var http = await health.WaitAsync(new Uri(url, "/api/health"), successes, timeout, cancellation);
        var described = await DatabaseProbe.DescribeAsync(database, cancellation);
        var rows = described.Tables.Sum(table => table.Rows);
        var files = await FetchOneAsync(url, cancellation);
        return new HealthFigures(http.Successes + (rows > 0 ? 1 : 0) + files, http.Successes, rows, files);
    }

    /// <summary>Checks Ultimate as clients now see it, through the front door.</summary>
    public Task<HealthResult> CheckDoorAsync(CancellationToken cancellation) =>
        health.WaitAsync(new Uri(door!, "/api/health"), 1, timeout, cancellation);

    // The first row whose file is there: rows that lacked their object in Classic already are the cross-check's business.
    private async Task<int> FetchOneAsync(Uri url, CancellationToken cancellation)
    {
        var tried = 0;
        await foreach (var row in MediaRows.ReadAsync(database, cancellation))
        {
            if (await health.IsServedAsync(new Uri(url, $"/media/{Uri.EscapeDataString(Path.GetFileName(row.FilePath))}"), cancellation))
            {
                return 1;
            }

            if (++tried == 100)
            {
                break;
            }
        }

        return tried == 0 ? 0 : throw new StepException(
            ExitCodes.StepFailed, $"Expected {url} to serve the files that its media rows name, found none of the first {tried} served. Run: ./build.sh --target=CrossCheck");
    }
}
