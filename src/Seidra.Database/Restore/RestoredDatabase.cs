namespace Seidra.Database;

/// <summary>Work on a restored copy of Classic before it is dropped, such as the in-place migration.</summary>
/// <param name="restored">The scratch database, equal to the backup.</param>
/// <param name="cancel">Ends the work.</param>
public delegate Task RestoredStep(DatabaseEndpoint restored, CancellationToken cancel);

/// <summary>What a restored scratch database holds.</summary>
/// <param name="Tables">Rows and checksum per table.</param>
/// <param name="Objects">Indexes, constraints and the like, counted by kind.</param>
internal sealed record RestoredDatabase(IReadOnlyList<BackupTable> Tables, IReadOnlyDictionary<string, long> Objects)
{
    /// <summary>The same tables and columns read again after a step was run on them; null when none was.</summary>
    public IReadOnlyList<BackupTable>? After { get; init; }

    /// <summary>Whether tables and objects are what the backup says; a step is run on nothing else.</summary>
    public bool EqualTo(BackupManifest manifest) => Problems(manifest).Count == 0;

    /// <summary>Everything in which this database is not what the backup says.</summary>
    public IReadOnlyList<string> Problems(BackupManifest manifest)
    {
        var problems = Differences(manifest.Tables, Tables, "restored").ToList();
        problems.AddRange(manifest.Objects.Keys.Union(Objects.Keys)
            .Where(kind => manifest.Objects.GetValueOrDefault(kind) != Objects.GetValueOrDefault(kind))
            .Select(kind => $"{kind}: expected {manifest.Objects.GetValueOrDefault(kind)}, restored {Objects.GetValueOrDefault(kind)}."));
        return problems;
    }

    /// <summary>Everything that a step changed in tables and columns that were there before it.</summary>
    public IReadOnlyList<string> Changes() => After is null ? [] : [.. Differences(Tables, After, "afterwards")];

    private static IEnumerable<string> Differences(IReadOnlyList<BackupTable> expected, IReadOnlyList<BackupTable> found, string when)
    {
        var left = found.ToDictionary(table => table.Name, StringComparer.Ordinal);
        foreach (var table in expected)
        {
            if (!left.Remove(table.Name, out var other))
                yield return $"{table.Name}: not in the restored database.";
            else if (other.Rows != table.Rows)
                yield return $"{table.Name}: expected {table.Rows} rows, {when} {other.Rows}.";
            else if (other.Checksum != table.Checksum)
                yield return $"{table.Name}: {table.Rows} rows, but their checksum differs.";
        }

        foreach (var name in left.Keys)
            yield return $"{name}: in the restored database, not in the backup's manifest.";
    }
}
