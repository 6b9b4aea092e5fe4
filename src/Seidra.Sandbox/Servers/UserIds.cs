using System.Collections.Concurrent;
using System.Globalization;

namespace Seidra.Sandbox.Servers;

/// <summary>User ids by name; a user's id never changes, so it is asked for once.</summary>
internal sealed class UserIds(SqlStore store)
{
    private readonly ConcurrentDictionary<string, int> known = new(StringComparer.Ordinal);

    /// <summary>The id of the user of that name, or null.</summary>
    public async Task<int?> FindAsync(string username)
    {
        if (known.TryGetValue(username, out var id))
            return id;
        var rows = await store.QueryAsync("SELECT id FROM users WHERE username = @name", ("name", username));
        if (rows.Count == 0)
            return null;
        return known[username] = Convert.ToInt32(rows[0][0], CultureInfo.InvariantCulture);
    }
}
