namespace Seidra.Database;

/// <summary>Tells which shape a database has.</summary>
public static class ClassicShapes
{
    private static readonly string[] ClassicTables = ["users", "personas", "jobs", "media"];

    private static readonly string[] UltimateTables = ["users", "personas", "generation_jobs", "media_items"];

    /// <summary>What <c>migrate-from-classic.py</c> of Ultimate adds.</summary>
    private static readonly (string Table, string Column)[] Enrichments =
    [
        ("personas", "style_preset"), ("personas", "voice_id"), ("jobs", "nsfw_allowed"), ("jobs", "retry_of"), ("media", "favorite"),
    ];

    /// <summary>Reads the catalog and tells the shape.</summary>
    /// <exception cref="DatabaseException">The database cannot be read.</exception>
    public static async Task<ClassicShape> DetectAsync(DatabaseEndpoint endpoint, CancellationToken cancel = default) =>
        Detect(await DatabaseCatalog.ReadAsync(endpoint, cancel));

    /// <summary>Tells the shape of a catalog already read. Classic's tables win: Ultimate's backend adds its own to any database.</summary>
    internal static ClassicShape Detect(IReadOnlyDictionary<string, CatalogTable> tables)
    {
        if (ClassicTables.All(tables.ContainsKey))
            return Enrichments.Any(added => tables[added.Table].Column(added.Column) is not null) ? ClassicShape.ClassicEnriched : ClassicShape.Classic;
        return UltimateTables.All(tables.ContainsKey) ? ClassicShape.UltimateTables : ClassicShape.Unknown;
    }
}
