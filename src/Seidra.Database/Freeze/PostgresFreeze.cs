using System.Globalization;
using Npgsql;

namespace Seidra.Database;

/// <summary>A freeze on PostgreSQL: one open transaction that locks every table and carries the refusing triggers.</summary>
internal sealed class PostgresFreeze : IWriteFreeze
{
    private readonly DatabaseEndpoint _classic;
    private readonly NpgsqlConnection _connection;
    private readonly IReadOnlyList<PgTable> _tables;
    private NpgsqlTransaction? _transaction;

    private PostgresFreeze(DatabaseEndpoint classic, NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<PgTable> tables, DateTimeOffset until)
    {
        _classic = classic;
        _connection = connection;
        _transaction = transaction;
        _tables = tables;
        Until = until;
    }

    /// <inheritdoc/>
    public DateTimeOffset Until { get; }

    public static async Task<PostgresFreeze> BeginAsync(DatabaseEndpoint classic, FreezeOptions options, CancellationToken cancel)
    {
        var connection = await classic.OpenPostgresAsync(cancel);
        try
        {
            if (await ReadStateAsync(connection, cancel) != FreezeState.None)
            {
                await LiftAsync(classic, cancel);
            }

            var tables = await PgCatalog.TablesAsync(connection, cancel);
            for (var attempt = 1; ; attempt++)
            {
                var transaction = await connection.BeginTransactionAsync(cancel);
                try
                {
                    await BoundAsync(connection, options, cancel);
                    await PostgresBlockers.ExecuteAsync(connection, PostgresFreezeSql.Lock(tables), cancel);
                    var until = await DeadlineAsync(connection, options.Deadline, cancel);
                    await PostgresBlockers.ExecuteAsync(connection, PostgresFreezeSql.Refuse(tables, until), cancel);
                    return new PostgresFreeze(classic, connection, transaction, tables, until);
                }
                catch (PostgresException error) when (PostgresBlockers.IsWaiting(error))
                {
                    await transaction.DisposeAsync();
                    if (attempt == options.Attempts)
                    {
                        throw new DatabaseException(await PostgresBlockers.DescribeAsync(connection, options, cancel), error);
                    }
                }
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public static async Task FinaliseAsync(DatabaseEndpoint classic, CancellationToken cancel)
    {
        await using var connection = await classic.OpenPostgresAsync(cancel);
        if (await ReadStateAsync(connection, cancel) is { } state && state != FreezeState.None)
        {
            await PostgresBlockers.ExecuteAsync(connection, PostgresFreezeSql.Finalise, cancel);
        }
    }

    public static async Task LiftAsync(DatabaseEndpoint classic, CancellationToken cancel)
    {
        await using var connection = await classic.OpenPostgresAsync(cancel);
        await PostgresBlockers.ExecuteAsync(connection, "SET lock_timeout = '10s'", cancel);
        await PostgresBlockers.ExecuteAsync(connection, PostgresFreezeSql.Lift, cancel);
    }

    public static async Task<FreezeState> StateAsync(DatabaseEndpoint classic, CancellationToken cancel)
    {
        await using var connection = await classic.OpenPostgresAsync(cancel);
        return await ReadStateAsync(connection, cancel);
    }

    /// <inheritdoc/>
    public Task<int> ProveAsync(CancellationToken cancel = default) => WriteFreeze.GuardAsync(_classic, async () =>
    {
        await using var connection = await _classic.OpenPostgresAsync(cancel);
        await PostgresBlockers.ExecuteAsync(connection, "SET lock_timeout = '1ms'; SET session_replication_role = DEFAULT", cancel);
        var open = new List<string>();
        foreach (var table in _tables)
        {
            try
            {
                await PostgresBlockers.ExecuteAsync(connection, PostgresFreezeSql.Try(table), cancel);
                open.Add(table.Display);
            }
            catch (PostgresException error) when (PostgresBlockers.IsWaiting(error) || error.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction)
            {
                // Refused, as it must be.
            }
        }

        return open.Count == 0 ? _tables.Count : throw new DatabaseException(
            $"Expected every table of {_classic.Display} to refuse writes, found {string.Join(", ", open)} open. Nothing was switched; run the cutover again.");
    });

    /// <inheritdoc/>
    public Task CommitAsync(CancellationToken cancel = default) => WriteFreeze.GuardAsync(_classic, async () =>
    {
        if (_transaction is { } transaction)
        {
            await transaction.CommitAsync(cancel);
            _transaction = null;
        }
    });

    /// <inheritdoc/>
    public Task FinaliseAsync(CancellationToken cancel = default) => WriteFreeze.FinaliseAsync(_classic, cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
        {
            await _transaction.DisposeAsync();
        }

        await _connection.DisposeAsync();
    }

    private static Task BoundAsync(NpgsqlConnection connection, FreezeOptions options, CancellationToken cancel) => PostgresBlockers.ExecuteAsync(
        connection,
        // The server itself ends this session at the deadline, should this program hang with the transaction open.
        string.Create(CultureInfo.InvariantCulture, $"""
            SET LOCAL lock_timeout = '{(long)options.LockTimeout.TotalMilliseconds}ms';
            SET LOCAL idle_in_transaction_session_timeout = '{(long)options.Deadline.TotalMilliseconds}ms'
            """),
        cancel);

    // By the server's own clock: it is the one that the triggers will read.
    private static async Task<DateTimeOffset> DeadlineAsync(NpgsqlConnection connection, TimeSpan deadline, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT clock_timestamp()", connection);
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancel))!) + deadline;
    }

    private static async Task<FreezeState> ReadStateAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(PostgresFreezeSql.ReadState, connection);
        return await command.ExecuteScalarAsync(cancel) switch
        {
            "final" => new FreezeState(true, null),
            string until => new FreezeState(false, DateTimeOffset.Parse(until, CultureInfo.InvariantCulture)),
            _ => FreezeState.None,
        };
    }
}
