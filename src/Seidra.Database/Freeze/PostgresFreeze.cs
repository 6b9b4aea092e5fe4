using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Seidra.Database;

/// <summary>
/// A freeze on PostgreSQL: one open transaction that holds the lock and has made the refusing triggers, which nobody sees
/// until it commits. The server ends it at the deadline even if this process hangs.
/// </summary>
internal sealed class PostgresFreeze : IWriteFreeze
{
    private readonly DatabaseEndpoint _classic;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlConnection _observer;
    private NpgsqlTransaction? _transaction;
    private bool _committed;

    private PostgresFreeze(DatabaseEndpoint classic, NpgsqlConnection connection, NpgsqlConnection observer, NpgsqlTransaction transaction, IReadOnlyList<string> tables, DateTimeOffset until)
    {
        _classic = classic;
        _connection = connection;
        _observer = observer;
        _transaction = transaction;
        Tables = tables;
        Until = until;
    }

    public IReadOnlyList<string> Tables { get; }

    public DateTimeOffset Until { get; }

    public static async Task<PostgresFreeze> BeginAsync(DatabaseEndpoint classic, FreezeOptions options, CancellationToken cancel)
    {
        var connection = await classic.OpenPostgresAsync(cancel);
        NpgsqlConnection? observer = null;
        try
        {
            observer = await classic.OpenPostgresAsync(cancel);
            var clock = Stopwatch.StartNew();
            var tables = await TablesAsync(connection, cancel);
            if (tables.Count == 0)
                throw new DatabaseException($"Expected tables to freeze in {classic.Display}, found none.");
            var transaction = await PostgresLock.TakeAsync(connection, observer, [.. tables.Select(table => table.Name)], options.LockTimeout, cancel);
            var left = options.Deadline - clock.Elapsed;
            var until = await InstallAsync(connection, tables, left, cancel);
            return new PostgresFreeze(classic, connection, observer, transaction, [.. tables.Select(table => table.Name)], until);
        }
        catch
        {
            if (observer is not null)
                await observer.DisposeAsync();
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<int> ProveAsync(CancellationToken cancel)
    {
        foreach (var table in Tables)
        {
            // One millisecond is enough: the question is only whether the write gets through at all.
            await using var command = new NpgsqlCommand($"BEGIN READ WRITE; SET LOCAL lock_timeout = 1; DELETE FROM {table} WHERE false", _observer);
            try
            {
                await command.ExecuteNonQueryAsync(cancel);
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable || error.MessageText.StartsWith(PostgresFreezeSql.Refusal, StringComparison.Ordinal))
            {
                await RollBackAsync(cancel);
                continue;
            }
            catch (NpgsqlException error)
            {
                throw EndpointErrors.Wrap(_classic, error, "try a write to");
            }

            await RollBackAsync(cancel);
            throw new DatabaseException($"Expected {table} to refuse a write during the freeze, found it taken (and rolled back). The freeze's deadline may have passed.");
        }

        return Tables.Count;
    }

    public async Task CommitAsync(CancellationToken cancel)
    {
        if (_committed)
            return;
        try
        {
            await using var command = new NpgsqlCommand("SELECT clock_timestamp() < $1", _connection);
            command.Parameters.Add(new() { Value = Until.UtcDateTime });
            if (await command.ExecuteScalarAsync(cancel) is not true)
                throw Expired(null);
            await _transaction!.CommitAsync(cancel);
        }
        catch (NpgsqlException error)
        {
            // A connection lost during COMMIT leaves open whether it was done; the database knows.
            if (await PostgresFreezeControl.StateAsync(_classic, cancel) is not { Kind: FreezeKind.Until, Until: { } until } || until != Until)
                throw Expired(error);
        }

        _committed = true;
    }

    public async Task<bool> FinaliseAsync(CancellationToken cancel)
    {
        if (!_committed)
            throw new DatabaseException("Expected a committed freeze, found one that is held only: commit it before traffic moves.");
        return await WriteFreeze.FinaliseAsync(_classic, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_transaction is { } open)
        {
            _transaction = null;
            try
            {
                await open.DisposeAsync();
            }
            catch (NpgsqlException)
            {
                // The server has ended the session at the deadline; there is nothing left to roll back.
            }
        }

        await _observer.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private DatabaseException Expired(Exception? error) => new(
        $"Expected the freeze of {_classic.Display} to be held until it is committed, found it ended at its deadline ({Until:HH:mm:ss} UTC) or its session lost. Classic takes writes again; nothing was switched. Raise freeze.deadlineSeconds if the last delta needs longer.", error);

    private async Task RollBackAsync(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("ROLLBACK", _observer);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<List<(string Name, bool Armed)>> TablesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var tables = new List<(string, bool)>();
        await using var command = new NpgsqlCommand(PostgresFreezeSql.Tables, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            tables.Add((reader.GetString(0), reader.GetBoolean(1)));
        return tables;
    }

    private static async Task<DateTimeOffset> InstallAsync(NpgsqlConnection connection, List<(string Name, bool Armed)> tables, TimeSpan left, CancellationToken cancel)
    {
        var milliseconds = ((long)Math.Max(1, left.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
        await using (var limits = new NpgsqlCommand(
            $"""
            SET LOCAL client_min_messages = warning;
            SET LOCAL idle_in_transaction_session_timeout = {milliseconds};
            SELECT set_config(name, '{milliseconds}', true) FROM pg_settings WHERE name = 'transaction_timeout';
            """,
            connection))
            await limits.ExecuteNonQueryAsync(cancel);
        await using var now = new NpgsqlCommand("SELECT date_trunc('milliseconds', clock_timestamp())", connection);
        var until = new DateTimeOffset((DateTime)(await now.ExecuteScalarAsync(cancel))!).AddMilliseconds(Math.Max(1, (long)left.TotalMilliseconds));
        await using var control = new NpgsqlCommand(PostgresFreezeSql.ControlDdl, connection);
        await control.ExecuteNonQueryAsync(cancel);
        await using var row = new NpgsqlCommand(PostgresFreezeSql.SetUntil, connection);
        row.Parameters.Add(new() { Value = until.UtcDateTime });
        await row.ExecuteNonQueryAsync(cancel);
        var missing = tables.Where(table => !table.Armed).Select(table => PostgresFreezeSql.Attach(table.Name));
        await using var triggers = new NpgsqlCommand(string.Join(";\n", [PostgresFreezeSql.Refuse(until), .. missing]), connection);
        await triggers.ExecuteNonQueryAsync(cancel);
        return until;
    }
}
