using Npgsql;

namespace Seidra.Cutover.Bench;

/// <summary>What became of the acknowledged writes, as Ultimate holds them at the end.</summary>
/// <param name="Acknowledged">Jobs that clients were told are written.</param>
/// <param name="Lost">Of them, those that are not there, or whose picture is not.</param>
/// <param name="Doubled">Of them, those that are there more than once, or whose picture is.</param>
/// <param name="Wrong">Those with another progress than acknowledged last, and those that nobody was told of.</param>
internal sealed record WriteAudit(int Acknowledged, int Lost, int Doubled, int Wrong)
{
    /// <summary>What every client's job begins with.</summary>
    public const string TokenPrefix = "bench-write ";

    private const string Found =
        "SELECT prompt, progress, (SELECT count(*) FROM media_items WHERE job_id = job.id) FROM generation_jobs job WHERE starts_with(prompt, $1)";

    /// <summary>Compares journals with Ultimate.</summary>
    public static async Task<WriteAudit> RunAsync(NpgsqlConnection ultimate, IEnumerable<WriteJournal> journals, CancellationToken cancel)
    {
        var found = new List<FoundWrite>();
        await using var command = new NpgsqlCommand(Found, ultimate);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = TokenPrefix });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            found.Add(new FoundWrite(reader.GetString(0), reader.GetDouble(1), reader.GetInt64(2)));
        }

        return Compare(journals.SelectMany(journal => journal.Progress).ToDictionary(StringComparer.Ordinal), found);
    }

    /// <summary>Compares what was acknowledged with what was found.</summary>
    public static WriteAudit Compare(IReadOnlyDictionary<string, double> acknowledged, IEnumerable<FoundWrite> found)
    {
        var byToken = found.ToLookup(write => write.Token, StringComparer.Ordinal);
        int lost = 0, doubled = 0, wrong = byToken.Count(writes => !acknowledged.ContainsKey(writes.Key));
        foreach (var (token, progress) in acknowledged)
        {
            FoundWrite[] writes = [.. byToken[token]];
            if (writes is [] or [{ Pictures: 0 }])
            {
                lost++;
            }
            else if (writes is not [{ Pictures: 1 }])
            {
                doubled++;
            }
            else if (Math.Abs(writes[0].Progress - progress) > 1e-9)
            {
                wrong++;
            }
        }

        return new WriteAudit(acknowledged.Count, lost, doubled, wrong);
    }
}

/// <summary>A client's job in Ultimate.</summary>
/// <param name="Token">Its prompt.</param>
/// <param name="Progress">Its progress.</param>
/// <param name="Pictures">How many media name it.</param>
internal sealed record FoundWrite(string Token, double Progress, long Pictures);
