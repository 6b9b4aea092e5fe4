using Seidra.Cutover.Contexts;
using Seidra.Database;
using Seidra.Media;

namespace Seidra.Cutover.Movement;

/// <summary>Looks at everything that a cutover needs, changes nothing, and names every problem with its remedy.</summary>
public sealed class Preflight(
    DatabaseEndpoint classic, DatabaseEndpoint ultimate, MediaMovement media, DatabaseMovement rows, PgTools tools, BackupPlaces backup, bool migrated)
{
    /// <summary>What was looked at, in one line.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>All problems, none of which was mended.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellation)
    {
        var problems = new List<string>();
        DatabaseDescription? source = null;
        await Try(problems, async () => source = await DatabaseProbe.DescribeAsync(classic, cancellation));
        await Try(problems, () => DatabaseProbe.DescribeAsync(ultimate, cancellation));
        if (source is not null)
        {
            await Try(problems, () => rows.PlanAsync(cancellation));
            await Try(problems, () => DatabaseBackup.PreflightAsync(classic, backup.Database, tools, cancellation));
        }

        if (problems.Count == 0 && !migrated)
        {
            await Try(problems, () => rows.RefuseForeignRowsAsync(cancellation));
        }

        var objects = 0L;
        await Try(problems, async () => objects = await media.CountAsync(cancellation));
        if (objects == 0 && problems.Count == 0)
        {
            problems.Add($"Classic's media store {media.Source} is empty: expected at least one object. Check classic.media in the settings.");
        }

        Summary = source is null ? "" : $"Preflight: {source.Tables.Sum(table => table.Rows)} rows in {source.Tables.Count} tables ({source.ServerVersion}), {objects} media objects; nothing in the way.";
        return problems;
    }

    private static async Task Try(List<string> problems, Func<Task> look)
    {
        try
        {
            await look();
        }
        catch (DatabaseException error)
        {
            problems.AddRange(error.Problems);
        }
        catch (MediaException error)
        {
            problems.Add(error.Message);
        }
    }
}
