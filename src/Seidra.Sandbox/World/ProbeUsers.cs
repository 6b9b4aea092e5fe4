using Seidra.Sandbox.Data;
using Seidra.Sandbox.Probe;
using Seidra.Sandbox.Servers;

namespace Seidra.Sandbox.World;

/// <summary>Who the probe is and what it looks at: people and files that are the same on both sides.</summary>
/// <param name="Writer">The account that probes write under.</param>
/// <param name="Reads">What probes read.</param>
internal sealed record ProbeUsers(string Writer, ProbeReads Reads)
{
    // One of the users whom the generator leaves without oddities, and not the writer: this listing stays short.
    private const int ReaderUserId = 5;

    /// <summary>Looks them up in Classic's database.</summary>
    public static async Task<ProbeUsers> FindAsync(SiteDatabase classic)
    {
        await using var store = SqlStore.Open(classic.Secret);
        var media = Path.GetFileName(MediaCatalog.First(1)[0].Key);
        return new ProbeUsers(await NameAsync(store, ClassicData.ProbeUserId), new ProbeReads(await NameAsync(store, ReaderUserId), media));
    }

    private static async Task<string> NameAsync(SqlStore store, int id) =>
        (string)(await store.QueryAsync("SELECT username FROM users WHERE id = @id", ("id", id)))[0][0]!;
}
