using System.Data.Common;
using Npgsql;

namespace Seidra.Sandbox.Servers;

/// <summary>A product's database on a PostgreSQL server.</summary>
internal sealed class PostgresStore(Uri url) : SqlStore
{
    private const int Attempts = 5;
    private static readonly TimeSpan StalePause = TimeSpan.FromMilliseconds(20);
    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(ConnectionString(url));

    public override string NewestFirst => "created_at DESC";

    public override Task<int> ExecuteAsync(string sql, params (string Name, object? Value)[] parameters) =>
        UseAsync(sql, parameters, command => command.ExecuteNonQueryAsync());

    public override async Task<object?> InsertAsync(string sql, params (string Name, object? Value)[] parameters)
    {
        await using var command = source.CreateCommand();
        Bind(command, sql, parameters);
        return await command.ExecuteScalarAsync();
    }

    public override Task<IReadOnlyList<object?[]>> QueryAsync(string sql, params (string Name, object? Value)[] parameters) =>
        UseAsync(sql, parameters, ReadAsync);

    public override object Time(DateTime utc) => DateTime.SpecifyKind(utc, DateTimeKind.Unspecified);

    public override bool IsFrozenOrBusy(DbException error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected } || NamesTheFreeze(error);

    public override bool IsDuplicate(DbException error) => error is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    // A pooled connection does not know that its server was restarted meanwhile: such a one is thrown away and the
    // statement, which may be repeated, is asked anew.
    private static bool IsStale(NpgsqlException error) => error is PostgresException { SqlState: var state }
        ? state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal)
        : error.IsTransient;

    private async Task<T> UseAsync<T>(string sql, (string Name, object? Value)[] parameters, Func<NpgsqlCommand, Task<T>> run)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var command = source.CreateCommand();
            Bind(command, sql, parameters);
            try
            {
                return await run(command);
            }
            catch (NpgsqlException error) when (attempt < Attempts && IsStale(error))
            {
                // Several requests at once may each have drawn a stale connection, or met a server that is still starting.
                source.Clear();
                await Task.Delay(StalePause * attempt);
            }
        }
    }

    /// <summary>The Npgsql connection string of a URL, password included.</summary>
    public static string ConnectionString(Uri url)
    {
        var account = url.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.IsDefaultPort || url.Port < 0 ? 5432 : url.Port,
            Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')),
            Username = Uri.UnescapeDataString(account[0]),
            Password = account.Length > 1 ? Uri.UnescapeDataString(account[1]) : null,
            MaxPoolSize = 16,
            // Statements recur a hundred times a second: parse and plan them once.
            MaxAutoPrepare = 20,
        }.ConnectionString;
    }
}
