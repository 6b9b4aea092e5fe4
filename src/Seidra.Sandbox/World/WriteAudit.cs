using System.Data.Common;
using Seidra.Sandbox.Door;
using Seidra.Sandbox.Probe;
using Seidra.Sandbox.Servers;

namespace Seidra.Sandbox.World;

/// <summary>Holds the probe's record against a side's database.</summary>
internal static class WriteAudit
{
    /// <summary>Counts the recorded tokens that the database does not hold exactly once.</summary>
    /// <param name="recordFile">The probe's record.</param>
    /// <param name="target">The side whose database it is: decides the table.</param>
    /// <param name="databaseUrl">The database, password included.</param>
    public static async Task<WriteProof> RunAsync(string recordFile, string target, string databaseUrl)
    {
        // The record first: what it holds was committed before, so it must be found.
        var tokens = ProbeRecord.Read(recordFile);
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var prompt in await PromptsAsync(target, databaseUrl))
        {
            if (ProbeJob.Token(prompt) is { } token)
                found[token] = found.GetValueOrDefault(token) + 1;
        }

        return new WriteProof(tokens.Count, tokens.Count(token => !found.ContainsKey(token)), tokens.Count(token => found.GetValueOrDefault(token) > 1));
    }

    private static async Task<IEnumerable<string>> PromptsAsync(string target, string databaseUrl)
    {
        var table = target == DoorTarget.Ultimate ? "generation_jobs" : "jobs";
        try
        {
            await using var store = SqlStore.Open(databaseUrl);
            var rows = await store.QueryAsync($"SELECT prompt FROM {table} WHERE prompt LIKE 'probe %'");
            return rows.Select(row => row[0]).OfType<string>();
        }
        catch (DbException error)
        {
            throw new SandboxException($"Expected to read the probe's writes from {table} of {target}, found: {error.Message}", error);
        }
    }
}
