using System.Globalization;

namespace Seidra.Database;

/// <summary>The statements of a freeze on SQLite: a trigger for each kind of write, the deadline in its WHEN clause.</summary>
internal static class SqliteFreezeSql
{
    private const string Prefix = "seidra_cutover_freeze_";
    private const double UnixEpochJulianDay = 2440587.5;

    public const string ReadTriggers = $"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '{Prefix}%' ORDER BY name";

    private const string Marker = "julianday('now') < ";

    /// <summary>Refuses writes on a table until the deadline, or for good.</summary>
    public static string Refuse(string table, DateTimeOffset? until) => string.Join('\n', new[] { "INSERT", "UPDATE", "DELETE" }.Select(write => $"""
        DROP TRIGGER IF EXISTS {SqlName.Quote(TriggerName(table, write))};
        CREATE TRIGGER {SqlName.Quote(TriggerName(table, write))} BEFORE {write} ON {SqlName.Quote(table)} {When(until)}
        BEGIN SELECT RAISE(ABORT, {SqlName.Literal(Message(until))}); END;
        """));

    /// <summary>Removes a trigger of ours.</summary>
    public static string Drop(string trigger) => $"DROP TRIGGER IF EXISTS {SqlName.Quote(trigger)};";

    /// <summary>Reads the state back from the text of a trigger.</summary>
    public static FreezeState StateOf(string sql)
    {
        var at = sql.IndexOf(Marker, StringComparison.Ordinal);
        if (at < 0)
        {
            return new FreezeState(true, null);
        }

        var day = sql[(at + Marker.Length)..].Split([' ', '\n'], 2)[0];
        return new FreezeState(false, DateTimeOffset.UnixEpoch.AddDays(double.Parse(day, CultureInfo.InvariantCulture) - UnixEpochJulianDay));
    }

    // julianday, because older SQLite libraries in Classic know no unixepoch().
    private static string When(DateTimeOffset? until) => until is { } instant
        ? string.Create(CultureInfo.InvariantCulture, $"WHEN {Marker}{((instant - DateTimeOffset.UnixEpoch).TotalDays + UnixEpochJulianDay):F9}")
        : "";

    private static string Message(DateTimeOffset? until) => until is { } instant
        ? $"seidra: write freeze until {instant.UtcDateTime:O}"
        : "seidra: writes were moved to Ultimate";

    private static string TriggerName(string table, string write) => $"{Prefix}{table}_{write.ToLowerInvariant()}";
}
