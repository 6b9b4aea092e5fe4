namespace Seidra.Sandbox.Data;

/// <summary>Makes a Classic database on one engine and counts what it made.</summary>
internal sealed class ClassicBuilder(ClassicDatabase database, ClassicShape shape)
{
    private static readonly string[] PathPrefixes = ["/app/uploads/", "/data/media/", "uploads/"];

    /// <summary>Makes tables, rows and oddities.</summary>
    public ClassicInventory Build(int rows, int objects, int seed, DateTimeOffset asOf)
    {
        foreach (var statement in ScriptStatements.Schema(shape, database))
            database.Execute(statement);
        var catalog = MediaCatalog.First(objects);
        var tables = ShapedRows.In(shape, new ClassicRows(rows, catalog, seed, asOf).Tables());
        foreach (var table in tables)
            database.Insert(table);
        database.SetSequences(tables.Where(table => table.Rows[0][0] is long).Select(table => table.Name));
        var oddities = ScriptStatements.Oddities(shape, database)
            .ToDictionary(oddity => oddity.Kind, oddity => database.Execute(oddity.Sql));
        var (named, missing, orphans) = CrossCheck(catalog);
        return new ClassicInventory(
            shape, tables.ToDictionary(table => table.Name, table => (long)table.Rows.Count), oddities, named, missing, orphans, OldCompletedJobs(asOf));
    }

    private long OldCompletedJobs(DateTimeOffset asOf)
    {
        var table = shape is ClassicShape.Classic or ClassicShape.ClassicEnriched ? "jobs" : "generation_jobs";
        return database.Count($"SELECT count(*) FROM {table} WHERE status = 'completed' AND completed_at < '{ClassicRows.Text(asOf.AddDays(-30))}'");
    }

    private (long Named, long Missing, long Orphans) CrossCheck(IReadOnlyList<MediaObject> catalog)
    {
        var (table, path) = shape switch
        {
            ClassicShape.Classic => ("media", "file_path"),
            ClassicShape.ClassicEnriched => ("media", "path"),
            _ => ("media_items", "file_path"),
        };
        var pairs = database.Pairs($"SELECT {path}, thumbnail_path FROM {table}").ToList();
        var keys = pairs.Select(pair => pair.First).OfType<string>().Select(KeyOf).ToList();
        var existing = catalog.Select(item => item.Key).ToHashSet(StringComparer.Ordinal);
        var named = keys.Concat(pairs.Select(pair => pair.Second).OfType<string>().Select(KeyOf)).ToHashSet(StringComparer.Ordinal);
        return (keys.Count, keys.LongCount(key => !existing.Contains(key)), existing.LongCount(key => !named.Contains(key)));
    }

    private static string KeyOf(string path) =>
        PathPrefixes.FirstOrDefault(prefix => path.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix ? path[prefix.Length..] : path;
}
