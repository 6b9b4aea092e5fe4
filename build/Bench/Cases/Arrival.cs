namespace Seidra.Cutover.Bench;

/// <summary>Counts what arrived: a contestant that left rows behind was fast for nothing.</summary>
internal static class Arrival
{
    /// <summary>Compares the number of rows of all four tables with what Classic holds.</summary>
    /// <exception cref="BenchException">They differ.</exception>
    public static async Task CheckAsync(BenchRig rig, string database, string jobs, string media, CancellationToken cancel)
    {
        var classic = new ClassicGenerator(rig.Request.Rows);
        foreach (var (table, expected) in new[] { ("users", classic.Users), ("personas", classic.Personas), (jobs, classic.Rows), (media, classic.Rows) })
        {
            var found = await rig.Server.CountAsync(database, $"SELECT count(*) FROM {table}", cancel);
            if (found != expected)
            {
                throw new BenchException($"Expected {expected} rows to arrive in {table}, found {found}.");
            }
        }
    }
}
