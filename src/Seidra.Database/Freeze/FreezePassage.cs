using System.Data.Common;
using Npgsql;

namespace Seidra.Database;

/// <summary>
/// Lets one open transaction of ours write into a Classic that is frozen for good, while everybody else goes on being
/// refused: what is opened here is seen by this transaction alone and is closed again before it commits. On PostgreSQL the
/// function's body is a row of the catalog, of which other sessions see the committed one only; on SQLite the control row
/// changes under the file's one write lock.
/// </summary>
internal sealed class FreezePassage
{
    private readonly DbConnection _connection;
    private readonly long _until;

    private FreezePassage(DbConnection connection, long until)
    {
        _connection = connection;
        _until = until;
    }

    /// <summary>Opens the freeze for the connection's open transaction.</summary>
    /// <exception cref="DatabaseException">Classic is not frozen for good: others may be writing to it.</exception>
    public static async Task<FreezePassage> OpenAsync(DbConnection connection, CancellationToken cancel)
    {
        if (connection is NpgsqlConnection)
        {
            await RequireAsync(connection, $"SELECT 1 FROM {WriteFreeze.ControlTable} WHERE final FOR UPDATE", cancel);
            await ExecuteAsync(connection, PostgresFreezeSql.Allow, cancel);
            return new FreezePassage(connection, 0);
        }

        var until = await RequireAsync(connection, $"SELECT until FROM {WriteFreeze.ControlTable} WHERE final <> 0", cancel);
        await ExecuteAsync(connection, $"UPDATE {WriteFreeze.ControlTable} SET final = 0, until = 0", cancel);
        return new FreezePassage(connection, until);
    }

    /// <summary>Closes it; the last statement before the commit.</summary>
    public Task CloseAsync(CancellationToken cancel) => ExecuteAsync(
        _connection,
        _connection is NpgsqlConnection ? PostgresFreezeSql.Refuse(null) : $"UPDATE {WriteFreeze.ControlTable} SET final = 1, until = {_until}",
        cancel);

    /// <summary>Gives clients their writes back in one statement; what is left of the freeze is tidied by <see cref="WriteFreeze.LiftAsync"/>.</summary>
    public static Task ReleaseAsync(DbConnection connection, CancellationToken cancel) => ExecuteAsync(
        connection,
        connection is NpgsqlConnection ? $"{PostgresFreezeSql.Allow}; DELETE FROM {WriteFreeze.ControlTable}" : $"UPDATE {WriteFreeze.ControlTable} SET final = 0, until = 0",
        cancel);

    private static async Task<long> RequireAsync(DbConnection connection, string sql, CancellationToken cancel)
    {
        await using var exists = connection.CreateCommand();
        exists.CommandText = connection is NpgsqlConnection ? $"SELECT to_regclass('{WriteFreeze.ControlTable}')::text" : $"SELECT name FROM sqlite_master WHERE name = '{WriteFreeze.ControlTable}'";
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var found = await exists.ExecuteScalarAsync(cancel) is string ? await command.ExecuteScalarAsync(cancel) : null;
        return Convert.ToInt64(found ?? throw new DatabaseException("Expected Classic to be frozen for good while changes of Ultimate flow back, found it open: its own clients may be writing. Look at it with --target=Status; nothing was changed."), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancel);
    }
}
