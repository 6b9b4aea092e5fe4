using System.Data.Common;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>
/// Ultimate's demo account, which is user id 1 whoever that is: at its start the backend turns the row with that id into the
/// demo account. So the id is given to it before anybody else can have it, and a real person is never touched.
/// </summary>
public static class DemoAccount
{
    /// <summary>The id that the backend takes.</summary>
    public const int Id = 1;

    /// <summary>The e-mail address that the backend writes.</summary>
    public const string Email = "demo@seidra.ai";

    /// <summary>A person may read these settings: accents and the plus of a zone stay as they are.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes the account, disabled and with a password that nobody knows, when id 1 is free.</summary>
    /// <param name="target">Ultimate's database, with its tables.</param>
    /// <param name="username">The account's name, usually <c>demo</c>.</param>
    /// <param name="cancel">Ends the work; nothing is changed.</param>
    /// <returns>Whether it was made now; false when it was there.</returns>
    /// <exception cref="DatabaseException">Id 1 is a real person, or the name or address belongs to another id.</exception>
    public static Task<bool> EnsureAsync(DatabaseEndpoint target, string username = "demo", CancellationToken cancel = default) =>
        InTransactionAsync(target, async connection =>
        {
            if (await FindAsync(connection, username, cancel) is not null)
                return false;
            await ExecuteAsync(
                connection,
                "INSERT INTO users (id, username, email, hashed_password, is_active) VALUES (@id, @name, @email, @hash, @active)",
                cancel,
                ("id", Id), ("name", username), ("email", Email), ("hash", DemoPassword.Disabled()), ("active", false));
            // The sequence does not notice an id that was given; the next registration would fail on it.
            if (target.Kind == DatabaseKind.PostgreSql)
                await ExecuteAsync(connection, "SELECT setval(pg_get_serial_sequence('users', 'id'), GREATEST((SELECT max(id) FROM users), (SELECT last_value FROM users_id_seq)))", cancel);
            return true;
        }, cancel);

    /// <summary>Gives the account a new password, enables it and notes the time where the backend looks for it.</summary>
    /// <param name="target">Ultimate's database.</param>
    /// <param name="username">The account's name.</param>
    /// <param name="newPassword">12 characters or more, 72 bytes at most.</param>
    /// <param name="cancel">Ends the work; nothing is changed.</param>
    /// <exception cref="DatabaseException">There is no such account, it is a real person's, the password is unfit, or the written hash does not verify.</exception>
    public static async Task SetPasswordAsync(DatabaseEndpoint target, string username, string newPassword, CancellationToken cancel = default)
    {
        DemoPassword.Require(newPassword);
        var hash = DemoPassword.Hash(newPassword);
        var json = target.Kind == DatabaseKind.PostgreSql ? "CAST(@settings AS json)" : "@settings";
        await InTransactionAsync(target, async connection =>
        {
            var account = await FindAsync(connection, username, cancel)
                ?? throw new DatabaseException($"Expected the demo account '{username}' as user id {Id} in {target.Display}, found no user of that id. Run the migration first: --target=MigrateDatabase.");
            return await ExecuteAsync(
                connection,
                $"UPDATE users SET hashed_password = @hash, is_active = @active, settings = {json} WHERE id = @id",
                cancel,
                ("hash", hash), ("active", true), ("settings", Rotated(account.Settings)), ("id", Id));
        }, cancel);
        if (!await HashMatchesAsync(target, username, newPassword, cancel))
            throw new DatabaseException($"The demo account's new password was written to {target.Display}, but the hash found there now is another. Stop who else rotates it (a backend with the old SEIDRA_DEFAULT_USER_PASSWORD) and repeat.");
    }

    /// <summary>Whether the account's hash is that of a password; false where there is no such account.</summary>
    /// <exception cref="DatabaseException">The database cannot be read, or id 1 is a real person.</exception>
    public static Task<bool> HashMatchesAsync(DatabaseEndpoint target, string username, string password, CancellationToken cancel = default) =>
        InTransactionAsync(target, async connection =>
            await FindAsync(connection, username, cancel) is { } account && DemoPassword.Matches(password, account.Hash), cancel);

    /// <summary>The account; null when id, name and address are all free.</summary>
    private static async Task<Account?> FindAsync(DbConnection connection, string username, CancellationToken cancel)
    {
        await using var command = Command(
            connection,
            "SELECT id, username, email, hashed_password, CAST(settings AS text) FROM users WHERE id = @id OR username = @name OR lower(email) = @email ORDER BY id",
            ("id", Id), ("name", username), ("email", Email));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        Account? account = null;
        while (await reader.ReadAsync(cancel))
        {
            var id = reader.GetInt64(0);
            var isDemo = reader.GetString(1) == username && reader.GetString(2).Equals(Email, StringComparison.OrdinalIgnoreCase);
            if (id == Id && !isDemo)
                throw new DatabaseException($"User id {Id} is a real person, whom Ultimate would turn into its demo account at the next start. Move that person to another id (the migration does: --target=MigrateDatabase); nothing was changed.");
            if (id != Id)
                throw new DatabaseException($"The name '{username}' or the address {Email} belongs to user id {id}, so Ultimate's start would fail on the unique index. Rename that user in Classic; nothing was changed.");
            account = new Account(reader.GetString(3), reader.IsDBNull(4) ? null : reader.GetString(4));
        }

        return account;
    }

    private static string Rotated(string? settings)
    {
        JsonNode? parsed = null;
        try
        {
            parsed = settings is null ? null : JsonNode.Parse(settings);
        }
        catch (JsonException)
        {
            // Unreadable settings of the demo account are not worth keeping; the backend fills them with its own.
        }

        var root = parsed as JsonObject ?? [];
        if (root["security"] is not JsonObject security)
            root["security"] = security = [];
        security["default_user_last_rotation"] = DateTimeOffset.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture);
        return root.ToJsonString(Plain);
    }

    private static async Task<T> InTransactionAsync<T>(DatabaseEndpoint target, Func<DbConnection, Task<T>> work, CancellationToken cancel)
    {
        try
        {
            await using DbConnection connection = target.Kind == DatabaseKind.PostgreSql
                ? await target.OpenPostgresAsync(cancel)
                : await target.OpenSqliteAsync(SqliteOpenMode.ReadWrite, cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            var result = await work(connection);
            await transaction.CommitAsync(cancel);
            return result;
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(target, error, "read or write the demo account in");
        }
    }

    private static async Task<int> ExecuteAsync(DbConnection connection, string sql, CancellationToken cancel, params (string Name, object Value)[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    private static DbCommand Command(DbConnection connection, string sql, params (string Name, object Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private sealed record Account(string Hash, string? Settings);
}
