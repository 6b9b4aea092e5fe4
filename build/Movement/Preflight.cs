using Seidra.Database;
using Seidra.Media;

namespace Seidra.Cutover.Movement;

/// <summary>Looks at everything that a cutover needs, changes nothing, and names every problem with its remedy.</summary>
public sealed class Preflight(DatabaseEndpoint classic, DatabaseEndpoint ultimate, MediaMovement media, DatabaseMovement rows)
{
    private const string Ledger = "seidra_cutover_chunks";
    private static readonly string[] DemoTables = ["users", "nsfw_settings"];

    /// <summary>What was looked at, in one line.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>All problems, none of which was mended.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(CancellationToken cancellation)
    {
        var problems = new List<string>();
        DatabaseDescription? source = null;
        await Try(problems, async () => source = await DatabaseProbe.RequireClassicAsync(classic, cancellation));
        if (source is not null)
        {
            await Try(problems, () => rows.PlanAsync(cancellation));
        }

        await Try(problems, async () => problems.AddRange(await ForeignRowsAsync(cancellation)));
        await Try(problems, async () =>
        {
            var objects = await media.CountAsync(cancellation);
            Summary = $"Preflight: {source?.Tables.Sum(table => table.Rows)} rows in {source?.Tables.Count} tables ({source?.ServerVersion}), {objects} media objects; nothing in the way.";
            if (objects == 0)
            {
                problems.Add($"Classic's media store {media.Source}: expected at least one object, found none. Check classic.media in the settings.");
            }
        });
        return problems;
    }

    // Ultimate's own backend rewrites rows when it starts: a database that somebody uses must be seen before anything is started.
    private async Task<IReadOnlyList<string>> ForeignRowsAsync(CancellationToken cancellation)
    {
        if (ultimate.Kind is DatabaseKind.Sqlite && !File.Exists(ultimate.Path))
        {
            return [];
        }

        var tables = (await DatabaseProbe.DescribeAsync(ultimate, cancellation)).Tables;
        return tables.Any(table => table.Name == Ledger)
            ? []
            : [.. tables.Where(table => table.Name != "alembic_version" && table.Rows > DemoRows(table.Name)).Select(table =>
                $"Ultimate's database {ultimate.Display}: expected it empty, found {table.Rows} rows in {table.Name} that no earlier run put there. Give an empty database, or remove them.")];
    }

    // Ultimate's backend makes its demo account whenever it starts; that one row is nobody's.
    private static int DemoRows(string table) => DemoTables.Contains(table) ? 1 : 0;

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
