using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Seidra.Database.Tests.Backup;

namespace Seidra.Database.Tests.Ultimate;

[TestFixture(DatabaseKind.PostgreSql)]
[TestFixture(DatabaseKind.Sqlite)]
public sealed class DemoAccountTests(DatabaseKind kind)
{
    private const string Password = "pôle-Nord-über-17";

    private TempFolder _folder = null!;
    private DatabaseEndpoint _target = null!;

    [SetUp]
    public async Task MakeTargetAsync()
    {
        _folder = new TempFolder();
        _target = kind == DatabaseKind.PostgreSql ? await PostgresFixture.CreateDatabaseAsync() : DatabaseEndpoint.Parse($"sqlite://{_folder["ultimate.db"]}");
        await UltimateSchema.CreateAsync(_target);
    }

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task It_is_made_disabled_once_and_the_next_registration_works()
    {
        Assert.That(await DemoAccount.EnsureAsync(_target), Is.True);
        Assert.That(await DemoAccount.EnsureAsync(_target), Is.False);
        await ExecuteAsync("INSERT INTO users(username, email, hashed_password) VALUES ('next', 'next@exemple.fr', 'x')");

        Assert.That(await RowAsync("SELECT id || username || email || (is_active = (1=0)) FROM users WHERE id = 1"), Is.EqualTo("1demodemo@seidra.ai" + (kind == DatabaseKind.Sqlite ? "1" : "true")));
        Assert.That(await RowAsync("SELECT max(id) FROM users"), Is.EqualTo("2"));
        Assert.That(await RowAsync("SELECT hashed_password FROM users WHERE id = 1"), Does.Match(@"^\$2b\$12\$.{53}$"));
    }

    [Test]
    public async Task A_new_password_is_hashed_as_the_backend_hashes_and_the_old_one_is_refused()
    {
        await DemoAccount.EnsureAsync(_target);
        await DemoAccount.SetPasswordAsync(_target, "demo", "first-password-1");
        await ExecuteAsync("UPDATE users SET settings = '{\"theme\": \"ultimate\", \"security\": {\"mfa\": false}}'");
        await DemoAccount.SetPasswordAsync(_target, "demo", Password);

        Assert.Multiple(async () =>
        {
            Assert.That(await DemoAccount.HashMatchesAsync(_target, "demo", Password), Is.True);
            Assert.That(await DemoAccount.HashMatchesAsync(_target, "demo", "first-password-1"), Is.False);
            Assert.That(await RowAsync("SELECT hashed_password FROM users"), Does.Match(@"^\$2b\$12\$.{53}$"));
            Assert.That(await RowAsync("SELECT is_active = (1=1) FROM users"), Is.EqualTo(kind == DatabaseKind.Sqlite ? "1" : "True"));
        });
        var settings = JsonNode.Parse((await RowAsync("SELECT CAST(settings AS text) FROM users"))!)!;
        var rotated = DateTimeOffset.Parse((string)settings["security"]!["default_user_last_rotation"]!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(rotated, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
        Assert.That(((string?)settings["theme"], (bool?)settings["security"]!["mfa"]), Is.EqualTo(("ultimate", false)), "the rest is kept");
    }

    [Test]
    public async Task A_real_person_at_id_1_is_never_touched()
    {
        await ExecuteAsync("INSERT INTO users(id, username, email, hashed_password) VALUES (1, 'marie', 'marie@exemple.fr', 'hers')");

        AssertRefused(() => DemoAccount.EnsureAsync(_target), "real person");
        AssertRefused(() => DemoAccount.SetPasswordAsync(_target, "demo", Password), "real person");
        AssertRefused(() => DemoAccount.SetPasswordAsync(_target, "marie", Password), "real person");
        AssertRefused(() => DemoAccount.HashMatchesAsync(_target, "demo", Password), "real person");
        Assert.That(await RowAsync("SELECT username || hashed_password FROM users"), Is.EqualTo("mariehers"));
    }

    [TestCase("'demo', 'x@exemple.fr'")]
    [TestCase("'paul', 'Demo@Seidra.ai'")]
    public async Task Its_name_or_address_on_another_id_is_refused(string user)
    {
        await ExecuteAsync($"INSERT INTO users(id, username, email, hashed_password) VALUES (8, {user}, 'x')");

        AssertRefused(() => DemoAccount.EnsureAsync(_target), "belongs to user id 8");
        Assert.That(await RowAsync("SELECT count(*) FROM users"), Is.EqualTo("1"));
    }

    [Test]
    public void No_account_is_an_error_to_set_and_no_match_to_ask()
    {
        AssertRefused(() => DemoAccount.SetPasswordAsync(_target, "demo", Password), "found no user of that id");
        Assert.That(async () => await DemoAccount.HashMatchesAsync(_target, "demo", Password), Is.False);
    }

    [Test]
    public async Task A_hash_that_is_none_matches_nothing()
    {
        await ExecuteAsync("INSERT INTO users(id, username, email, hashed_password) VALUES (1, 'demo', 'demo@seidra.ai', 'plain')");

        Assert.That(await DemoAccount.HashMatchesAsync(_target, "demo", "plain"), Is.False);
    }

    [TestCase("changeme", "12 characters")]
    [TestCase("  padded-pass  ", "no space")]
    [TestCase("aaaaaaaaaaaaaaaa", "repeats")]
    [TestCase("ééééééééééééééééééééééééééééééabcdefghijklmno", "75 bytes; bcrypt takes 72")]
    public void An_unfit_password_is_refused_and_not_repeated(string password, string named)
    {
        var error = AssertRefused(() => DemoAccount.SetPasswordAsync(_target, "demo", password), named);

        Assert.That(error.Message, Does.Not.Contain(password));
    }

    private static DatabaseException AssertRefused(Func<Task> action, string named)
    {
        var error = Assert.ThrowsAsync<DatabaseException>(action)!;
        Assert.That(error.Message, Does.Contain(named));
        return error;
    }

    private async Task ExecuteAsync(string script)
    {
        if (kind == DatabaseKind.PostgreSql)
            await PostgresFixture.ExecuteAsync(_target, script);
        else
            Samples.ExecuteSqlite(_target, script);
    }

    private async Task<string?> RowAsync(string sql)
    {
        if (kind == DatabaseKind.PostgreSql)
            return (await PostgresFixture.ScalarAsync(_target, sql))?.ToString();
        await using var connection = await _target.OpenSqliteAsync(SqliteOpenMode.ReadOnly, CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (await command.ExecuteScalarAsync())?.ToString();
    }
}
