using System.Data.Common;

namespace Seidra.Database.Tests.Capture;

/// <summary>A copy of a captured database that is kept up by its changes alone.</summary>
internal sealed class Shadow
{
    private readonly Dictionary<string, Dictionary<string, string>> _tables = [];

    /// <summary>Copies all rows, one table after the other: no common moment, as the bulk copy does it.</summary>
    public async Task FillAsync(CapturedDatabase database)
    {
        foreach (var table in CapturedDatabase.Tables)
        {
            await using var connection = await database.ConnectAsync();
            _tables[table.Name] = await CapturedDatabase.RowsAsync(connection, table);
        }
    }

    /// <summary>Reads the changed rows from the set's snapshot.</summary>
    public async Task ApplyAsync(ChangeSet set)
    {
        foreach (var table in CapturedDatabase.Tables)
        {
            var rows = _tables[table.Name];
            if (set.Truncated.Contains(table.Name))
                rows.Clear();
            if (!set.Keys.TryGetValue(table.Name, out var keys))
                continue;
            var texts = keys.Select(key => key.ToString()).ToList();
            texts.ForEach(key => rows.Remove(key));
            foreach (var (key, row) in await CapturedDatabase.RowsAsync(set.Snapshot, table, texts))
                rows.Add(key, row);
        }
    }

    /// <summary>The copy is exactly what the set's snapshot shows.</summary>
    public Task AssertSameAsync(ChangeSet set, string because) => AssertSameAsync(set.Snapshot, because);

    /// <summary>The copy is exactly what the database holds now.</summary>
    public async Task AssertSameAsync(CapturedDatabase database, string because)
    {
        await using var connection = await database.ConnectAsync();
        await AssertSameAsync(connection, because);
    }

    private async Task AssertSameAsync(DbConnection connection, string because)
    {
        foreach (var table in CapturedDatabase.Tables)
        {
            var now = await CapturedDatabase.RowsAsync(connection, table);
            var wrong = now.Where(row => _tables[table.Name].GetValueOrDefault(row.Key) != row.Value).Select(row => row.Key)
                .Concat(_tables[table.Name].Keys.Where(key => !now.ContainsKey(key))).ToList();
            Assert.That(wrong, Is.Empty, $"{because}, table {table.Name}");
        }
    }
}
