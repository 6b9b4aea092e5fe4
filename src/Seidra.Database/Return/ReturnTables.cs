namespace Seidra.Database;

/// <summary>
/// The tables that the way back keeps in Classic's database, written in the same transaction as Classic's rows: how far it is,
/// which rows were touched under which key, and what Classic cannot hold. The last one stays when all is done.
/// </summary>
internal static class ReturnTables
{
    public const string State = "seidra_cutover_return";
    public const string Rows = "seidra_cutover_returned";
    public const string Kept = "seidra_cutover_kept";

    /// <summary>How far the changes of Ultimate have been applied.</summary>
    public const string Position = "position";

    /// <summary>Rows of Classic written since the switch.</summary>
    public const string Written = "written";

    public static IEnumerable<string> Ddl { get; } =
    [
        $"CREATE TABLE IF NOT EXISTS {State} (key text PRIMARY KEY, value text NOT NULL)",
        $"""
        CREATE TABLE IF NOT EXISTS {Rows} (
          table_name text NOT NULL, target_key text NOT NULL, source_key text NOT NULL, born integer NOT NULL,
          PRIMARY KEY (table_name, target_key), UNIQUE (table_name, source_key))
        """,
        $"""
        CREATE TABLE IF NOT EXISTS {Kept} (
          table_name text NOT NULL, target_key text NOT NULL, column_name text NOT NULL,
          value text NOT NULL, reason text NOT NULL, detail text NOT NULL,
          PRIMARY KEY (table_name, target_key, column_name, reason))
        """,
    ];
}
