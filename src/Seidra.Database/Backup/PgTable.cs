namespace Seidra.Database;

/// <summary>A table of PostgreSQL that holds rows of its own (a partition counts, its parent does not).</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name there.</param>
/// <param name="SelectList">The expressions that give a row its canonical bytes.</param>
/// <param name="Blocks">Blocks that its rows lie in; 0 where a range of them cannot be read by itself.</param>
internal sealed record PgTable(string Schema, string Name, string SelectList, long Blocks)
{
    /// <summary>Name for people and manifests: without the schema when that is <c>public</c>.</summary>
    public string Display => Schema == "public" ? Name : $"{Schema}.{Name}";

    /// <summary>Quoted, for statements.</summary>
    public string Sql => SqlName.Quote(Schema, Name);
}
