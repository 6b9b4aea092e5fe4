using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Seidra.Database.Tests.Capture;

/// <summary>A client that writes whatever comes to its mind, seeded.</summary>
internal sealed class RandomWriter(CapturedDatabase database, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Transactions that were committed.</summary>
    public int Committed { get; private set; }

    public async Task RunAsync(CancellationToken stop)
    {
        await using var connection = await database.ConnectAsync();
        if (connection is SqliteConnection)
            await CapturedDatabase.ExecuteAsync(connection, $"PRAGMA foreign_keys = {seed % 2}; PRAGMA recursive_triggers = {(seed >> 1) % 2}");
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await TransactAsync(connection);
            }
            catch (Exception error) when (IsOrdinary(error))
            {
                await CapturedDatabase.ExecuteAsync(connection, database.IsPostgres || SQLitePCL.raw.sqlite3_get_autocommit(((SqliteConnection)connection).Handle) == 0 ? "ROLLBACK" : "SELECT 1");
            }

            await Task.Delay(_random.Next(3), CancellationToken.None);
        }
    }

    // Two clients in each other's way, or a row that may not be: nothing that the capture has brought.
    private static bool IsOrdinary(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation or PostgresErrorCodes.DeadlockDetected } => true,
        SqliteException sqlite => sqlite.SqliteErrorCode is SQLitePCL.raw.SQLITE_CONSTRAINT or SQLitePCL.raw.SQLITE_BUSY && !sqlite.Message.Contains("seidra", StringComparison.Ordinal),
        _ => false,
    };

    private async Task TransactAsync(DbConnection connection)
    {
        await CapturedDatabase.ExecuteAsync(connection, database.IsPostgres ? "BEGIN" : "BEGIN IMMEDIATE");
        var savepoint = false;
        for (var left = _random.Next(1, 9); left > 0; left--)
        {
            if (_random.Next(6) == 0)
            {
                await CapturedDatabase.ExecuteAsync(connection, savepoint ? "ROLLBACK TO s" : "SAVEPOINT s");
                savepoint = true;
            }

            await CapturedDatabase.ExecuteAsync(connection, Statement());
            if (_random.Next(5) == 0)
                await Task.Delay(_random.Next(4), CancellationToken.None);
        }

        var commit = _random.Next(7) > 0;
        await CapturedDatabase.ExecuteAsync(connection, commit ? "COMMIT" : "ROLLBACK");
        Committed += commit ? 1 : 0;
    }

    private string Statement()
    {
        var (id, other, text) = (_random.Next(-3, 60), _random.Next(-3, 60), $"t{_random.Next(1000)}");
        var (odd, key) = (SqlName.Quote(CapturedDatabase.Odd), SqlName.Quote(CapturedDatabase.OddKey));
        string[] statements =
        [
            $"INSERT INTO users (id, name) VALUES ({id}, '{text}') ON CONFLICT DO NOTHING",
            $"UPDATE users SET name = '{text}' WHERE id = {id}",
            $"DELETE FROM users WHERE id = {id}",
            $"INSERT INTO jobs (id, user_id, prompt, big) SELECT {id}, id, '{text}', '{new string('x', _random.Next(3000))}' FROM users WHERE id = {other} ON CONFLICT (id) DO UPDATE SET prompt = 'again'",
            $"UPDATE jobs SET prompt = '{text}' WHERE id BETWEEN {id} AND {id + 5}",
            $"UPDATE jobs SET id = {other} WHERE id = {id}",
            $"DELETE FROM jobs WHERE id = {id}",
            $"INSERT INTO {odd} VALUES ('k''{id}', {_random.Next(1000)}) ON CONFLICT ({key}) DO UPDATE SET v = excluded.v",
            $"UPDATE {odd} SET {key} = 'm{other}' WHERE {key} = 'k''{id}'",
            $"DELETE FROM {odd} WHERE v % 10 = {Math.Abs(id) % 10}",
            .. database.IsPostgres ? Postgres() : Sqlite(id, other, text, odd, key),
        ];
        return statements[_random.Next(statements.Length)];
    }

    private string[] Postgres() => _random.Next(8) > 0 ? [] :
    [
        $"TRUNCATE {SqlName.Quote(CapturedDatabase.Odd)}",
        "TRUNCATE users CASCADE",
        "SET LOCAL session_replication_role = replica",
        "ALTER TABLE jobs ALTER prompt SET DEFAULT 'x'",
    ];

    private string[] Sqlite(int id, int other, string text, string odd, string key) =>
    [
        $"INSERT OR REPLACE INTO users VALUES ({id}, '{text.ToUpperInvariant()}')",
        $"UPDATE OR REPLACE users SET id = {other} WHERE id = {id}",
        $"INSERT OR REPLACE INTO jobs (id, a, b, prompt) VALUES ({id}, {_random.Next(8)}, {_random.Next(4)}, '{text[..2]}')",
        $"INSERT INTO jobs (a, b) VALUES ({_random.Next(8)}, {_random.Next(4)})",
        $"UPDATE OR REPLACE jobs SET a = {_random.Next(8)}, b = {_random.Next(4)}, prompt = upper(prompt) WHERE id BETWEEN {id} AND {id + 3}",
        $"UPDATE jobs SET rowid = {other} WHERE id = {id}",
        $"REPLACE INTO {odd} VALUES ('k''{id}', {_random.Next(30)})",
        $"UPDATE OR REPLACE {odd} SET v = {_random.Next(30)}, {key} = 'k''{other}' WHERE {key} = 'k''{id}'",
        "DELETE FROM jobs WHERE id > 55",
    ];
}
