using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>What is done to a committed freeze on SQLite, by whichever process.</summary>
internal static class SqliteFreezeControl
{
    public static async Task<FreezeState> StateAsync(DatabaseEndpoint classic, CancellationToken cancel)
    {
        await using var connection = await classic.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
        if (!Exists(connection))
            return new FreezeState(FreezeKind.None, null);
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT final, until, {SqliteFreezeSql.Now} < until FROM {WriteFreeze.ControlTable}";
        using var reader = command.ExecuteReader();
        if (!reader.Read())
            return new FreezeState(FreezeKind.None, null);
        if (reader.GetInt64(0) != 0)
            return new FreezeState(FreezeKind.Final, null);
        return reader.GetInt64(2) != 0 ? new FreezeState(FreezeKind.Until, DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1))) : new FreezeState(FreezeKind.None, null);
    }

    public static async Task<bool> FinaliseAsync(DatabaseEndpoint classic, CancellationToken cancel)
    {
        await using var connection = await classic.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel);
        if (!Exists(connection))
            throw new DatabaseException($"Expected a committed freeze in {classic.Display}, found none. Run: ./build.sh --target=Cutover");
        Execute(connection, $"UPDATE {WriteFreeze.ControlTable} SET final = 1");
        // Judged after the commit: only then can no write come in any more.
        using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE {WriteFreeze.ControlTable} SET unbroken = coalesce(unbroken, {SqliteFreezeSql.Now} < until) RETURNING unbroken";
        return (long)command.ExecuteScalar()! != 0;
    }

    public static async Task LiftAsync(DatabaseEndpoint classic, CancellationToken cancel)
    {
        await using var connection = await classic.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel);
        if (!Exists(connection) && Names(connection, SqliteFreezeSql.Triggers).Count == 0)
            return;
        using var transaction = connection.BeginTransaction();
        foreach (var trigger in Names(connection, SqliteFreezeSql.Triggers))
            Execute(connection, $"DROP TRIGGER {SqlName.Quote(trigger)}");
        Execute(connection, $"DROP TABLE IF EXISTS {WriteFreeze.ControlTable}");
        transaction.Commit();
    }

    public static IReadOnlyList<string> Names(SqliteConnection connection, string sql)
    {
        var names = new List<string>();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            names.Add(reader.GetString(0));
        return names;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static bool Exists(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = SqliteFreezeSql.Exists;
        return (long)command.ExecuteScalar()! != 0;
    }
}
