using System.Text.Json;

namespace Seidra.Database;

/// <summary>What was installed, as it stands in the followed database itself.</summary>
/// <param name="Epoch">The bulk copy it belongs to.</param>
/// <param name="Kind">How changes are noted.</param>
/// <param name="Tables">The tables, with their columns at that time.</param>
/// <param name="Slot">The replication slot; null with triggers.</param>
/// <param name="Publication">The publication's state in the catalog; null with triggers.</param>
internal sealed record CaptureRecord(string Epoch, CaptureKind Kind, IReadOnlyList<RecordedTable> Tables, string? Slot = null, string? Publication = null)
{
    public string TablesJson => JsonSerializer.Serialize(Tables);

    public static IReadOnlyList<RecordedTable> ReadTables(string json) => JsonSerializer.Deserialize<List<RecordedTable>>(json)!;

    /// <summary>Whether it was made for these tables, in whatever order.</summary>
    public bool Covers(IReadOnlyList<CapturedTable> tables) =>
        Tables.Select(table => (table.Name, table.Key)).Order().SequenceEqual(tables.Select(table => (table.Name, table.Key)).Order());
}

/// <summary>A captured table as it was when the capture was installed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Its key column.</param>
/// <param name="Columns">Name and type of each column.</param>
internal sealed record RecordedTable(string Name, string Key, IReadOnlyList<string> Columns)
{
    /// <summary>In words, how the columns differ from what is there now; null where they do not.</summary>
    /// <param name="now">Name and type of each column; null where the table is gone.</param>
    public string? Difference(IReadOnlyList<string>? now)
    {
        if (now is null)
            return $"table {Name} is gone";
        string[] parts =
        [
            .. now.Except(Columns, StringComparer.Ordinal).Select(column => $"+ {column}"),
            .. Columns.Except(now, StringComparer.Ordinal).Select(column => $"- {column}"),
        ];
        return parts.Length == 0 ? null : $"the columns of table {Name} changed ({string.Join(", ", parts)})";
    }
}
