namespace Seidra.Database;

/// <summary>The tables that the migration keeps in Ultimate's database: every row of Classic and what became of it, rows kept aside, altered values.</summary>
internal static class LedgerTables
{
    public const string Ledger = "seidra_cutover_ledger";
    public const string Quarantine = "seidra_cutover_quarantine";
    public const string Notes = "seidra_cutover_notes";

    /// <summary>
    /// source_number, source_text and occurrence are the order in which rows are read (see RowKey); source_key is the same for
    /// people. Text is compared by its bytes, as the readers do.
    /// </summary>
    public static IEnumerable<string> Ddl(DatabaseKind kind)
    {
        var (bytes, text) = kind == DatabaseKind.PostgreSql ? ("bytea", "text COLLATE \"C\"") : ("blob", "text");
        yield return $"""
            CREATE TABLE IF NOT EXISTS {Ledger} (
              table_name text NOT NULL, source_number bigint NOT NULL, source_text {text} NOT NULL, occurrence integer NOT NULL,
              source_key text NOT NULL, target_key text, fingerprint {bytes} NOT NULL, checksum {bytes} NOT NULL,
              PRIMARY KEY (table_name, source_number, source_text, occurrence))
            """;
        yield return $"""
            CREATE TABLE IF NOT EXISTS {Quarantine} (
              table_name text NOT NULL, source_key text NOT NULL, reason text NOT NULL, detail text NOT NULL, "row" text NOT NULL,
              PRIMARY KEY (table_name, source_key))
            """;
        yield return $"""
            CREATE TABLE IF NOT EXISTS {Notes} (
              table_name text NOT NULL, source_key text NOT NULL, column_name text NOT NULL, reason text NOT NULL, original text NOT NULL)
            """;
        yield return $"CREATE INDEX IF NOT EXISTS ix_{Notes}_source ON {Notes} (table_name, source_key)";
    }
}
