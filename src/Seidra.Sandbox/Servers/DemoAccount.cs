using System.Data.Common;

namespace Seidra.Sandbox.Servers;

/// <summary>
/// What Ultimate's backend does to user id 1 at every start, whoever that is: it becomes the demo account, disabled unless
/// a password is set. A user of the demo name on another id lets the start fail on the unique index.
/// </summary>
internal sealed class DemoAccount(SqlStore store, string? password)
{
    private const string NoPassword = "!";

    private Task passwordSet = Task.CompletedTask;

    /// <summary>Takes id 1. The password's hash follows in the background: it costs more than the rest of the start.</summary>
    /// <exception cref="SandboxException">The unique index refused: the name or e-mail belongs to another id.</exception>
    public async Task SeedAsync()
    {
        try
        {
            var rows = await store.QueryAsync("SELECT hashed_password FROM users WHERE id = 1");
            await store.ExecuteAsync(
                rows.Count == 0
                    ? "INSERT INTO users (id, username, email, hashed_password, is_active, is_nsfw_enabled, age_verified, created_at, settings) "
                      + "VALUES (1, 'demo', 'demo@seidra.ai', @hash, @active, @no, @no, @now, '{}')"
                    : "UPDATE users SET username = 'demo', email = 'demo@seidra.ai', is_active = @active WHERE id = 1",
                rows.Count == 0
                    ? [("hash", NoPassword), ("active", password is not null), ("no", false), ("now", store.Time(DateTime.UtcNow))]
                    : [("active", password is not null)]);
            if (password is not null)
                passwordSet = Task.Run(() => SetPasswordAsync(password, rows.Count == 0 ? NoPassword : (string?)rows[0][0] ?? NoPassword));
        }
        catch (DbException error) when (store.IsDuplicate(error))
        {
            throw new SandboxException("Expected to make user id 1 the demo account, found its name or e-mail on another id; move that user aside.", error);
        }
    }

    /// <summary>Completes once the demo account has its password.</summary>
    public Task ReadyAsync() => passwordSet;

    private async Task SetPasswordAsync(string wanted, string hash)
    {
        if (!PasswordHash.Matches(wanted, hash))
            await store.ExecuteAsync("UPDATE users SET hashed_password = @hash WHERE id = 1", ("hash", PasswordHash.Create(wanted)));
    }
}
