namespace Seidra.Database;

/// <summary>
/// The tables that the migration keeps in Ultimate's database until it is finished: how far it is, what became of each row
/// that is not simply Ultimate's row, and what rows have to do with one another. Nothing here is needed by Ultimate.
/// </summary>
internal static class LedgerSchema
{
    public const string State = "seidra_cutover_state";
    public const string Chunks = "seidra_cutover_chunks";
    public const string Keys = "seidra_cutover_keys";
    public const string Quarantine = "seidra_cutover_quarantine";
    public const string Notes = "seidra_cutover_notes";
    public const string Names = "seidra_cutover_names";
    public const string Owners = "seidra_cutover_owners";

    private const string Prefix = "seidra_cutover_";

    /// <summary>Whether a table of either database was made by this program: the ledger, the capture's log, the freeze.</summary>
    public static bool IsOurs(string table) => table.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [State, Chunks, Keys, Quarantine, Notes, Names, Owners];

    /// <summary>The statements that make them where they are missing. Hashes are 16 bytes, big-endian.</summary>
    public static IEnumerable<string> Ddl(DatabaseKind kind)
    {
        var bytes = kind == DatabaseKind.PostgreSql ? "bytea" : "blob";
        yield return $"CREATE TABLE IF NOT EXISTS {State} (key text PRIMARY KEY, value text NOT NULL)";
        yield return $"""
            CREATE TABLE IF NOT EXISTS {Chunks} (
              table_name text NOT NULL, range_from text NOT NULL, range_to text NOT NULL,
              source_rows bigint NOT NULL, placed_rows bigint NOT NULL, aside_rows bigint NOT NULL, checksum {bytes} NOT NULL,
              PRIMARY KEY (table_name, range_from))
            """;
        yield return $"""
            CREATE TABLE IF NOT EXISTS {Keys} (
              table_name text NOT NULL, source_key text NOT NULL, target_key text NOT NULL,
              PRIMARY KEY (table_name, source_key), UNIQUE (table_name, target_key))
            """;
        yield return $"""
            CREATE TABLE IF NOT EXISTS {Quarantine} (
              table_name text NOT NULL, source_key text NOT NULL, occurrence integer NOT NULL,
              reason text NOT NULL, detail text NOT NULL, "row" text NOT NULL, waits_for text,
              PRIMARY KEY (table_name, source_key, occurrence))
            """;
        yield return $"CREATE INDEX IF NOT EXISTS ix_{Quarantine}_waits ON {Quarantine} (waits_for)";
        yield return $"""
            CREATE TABLE IF NOT EXISTS {Notes} (
              table_name text NOT NULL, source_key text NOT NULL, column_name text NOT NULL, reason text NOT NULL, original text NOT NULL, waits_for text)
            """;
        yield return $"CREATE INDEX IF NOT EXISTS ix_{Notes}_source ON {Notes} (table_name, source_key)";
        yield return $"CREATE INDEX IF NOT EXISTS ix_{Notes}_waits ON {Notes} (waits_for)";
        yield return $"""
            CREATE TABLE IF NOT EXISTS {Names} (
              table_name text NOT NULL, column_name text NOT NULL, name_hash {bytes} NOT NULL, source_key text NOT NULL,
              PRIMARY KEY (table_name, column_name, name_hash, source_key))
            """;
        yield return $"CREATE INDEX IF NOT EXISTS ix_{Names}_source ON {Names} (table_name, source_key)";
        yield return $"""
            CREATE TABLE IF NOT EXISTS {Owners} (
              table_name text NOT NULL, owner_key text NOT NULL, source_key text NOT NULL,
              PRIMARY KEY (table_name, source_key))
            """;
        yield return $"CREATE INDEX IF NOT EXISTS ix_{Owners}_owner ON {Owners} (table_name, owner_key)";
    }
}
